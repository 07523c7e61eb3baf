import { window, workspace, type Disposable, type ExtensionContext } from 'vscode';
import { registerCompareSchedules } from '../commands/compareSchedules.ts';
import { registerExportComparison } from '../commands/exportComparison.ts';
import { registerHistoryCommands } from '../commands/historyCommands.ts';
import { registerSetUpTensorFlow } from '../commands/setUpTensorFlow.ts';
import { registerSteering } from '../commands/steerComparison.ts';
import { ComparisonTree } from '../history/comparisonTree.ts';
import type { History } from '../history/history.ts';
import { KeptComparisons } from '../history/keptComparisons.ts';
import type { Sources } from '../sources/sources.ts';
import { applyWinner } from './applyWinner.ts';
import type { PanelAction } from './comparisonPanel.ts';
import { ComparisonPanels } from './comparisonPanels.ts';
import { Comparisons } from './comparisons.ts';
import type { ComparisonSession } from './comparisonSession.ts';
import { definingCode, showDefinition } from './definingCode.ts';
import { Endings } from './endings.ts';
import { exportComparison, savePicture } from './exporting.ts';
import { OverallProgress } from './overallProgress.ts';
import { registerPlanAddresses } from './planAddress.ts';
import { Runners } from './runners.ts';
import { messageOf } from '../messageOf.ts';

/** All that compares schedules: runners, panels, history, commands. */
export function activateComparing(
  context: ExtensionContext,
  sources: Sources,
): { readonly history: History; readonly disposables: readonly Disposable[] } {
  const { extensionUri: extension, workspaceState, globalStorageUri } = context;
  const log = window.createOutputChannel('Anneal', { log: true });
  const runners = new Runners(extension, log);
  const comparisons = new Comparisons(runners, workspaceState);
  const panels = new ComparisonPanels({
    comparisons,
    extension,
    act: (session, action) => void actFor(sources, session, action),
  });
  const kept = new KeptComparisons(runners, globalStorageUri);
  const tree = new ComparisonTree(kept, comparisons);
  const history = { runners, comparisons, panels, kept, tree };
  if (workspace.isTrusted) void comparisons.goOn();
  kept.onDidChange(() => {
    for (const { folder, title } of kept.all) comparisons.entitle(folder, title);
  });
  return {
    history,
    disposables: [
      ...[log, runners, comparisons, panels, kept, tree],
      new OverallProgress(comparisons),
      new Endings(comparisons, panels, log),
      ...registerCompareSchedules({ context, sources, runners, comparisons, panels }),
      ...registerSteering(history),
      registerExportComparison(history),
      ...registerHistoryCommands(history),
      registerSetUpTensorFlow(runners, context, log),
      registerPlanAddresses(),
    ],
  };
}

/** Does what a page asks for that changes files or the code. */
async function actFor(
  sources: Sources,
  session: ComparisonSession,
  action: PanelAction,
): Promise<void> {
  try {
    switch (action.type) {
      case 'showCode': {
        const run = session.runs.find((one) => one.run === action.run);
        if (run) await showDefinition(await definingCode(sources, session, run.schedule));
        break;
      }
      case 'apply':
        await applyWinner(await definingCode(sources, session, action.schedule));
        break;
      case 'savePicture':
        await savePicture(session, action.png);
        break;
      case 'export':
        await exportComparison(session, action.format);
    }
  } catch (error) {
    void window.showErrorMessage(messageOf(error));
  }
}
