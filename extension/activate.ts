import type { ExtensionContext } from 'vscode';
import { registerBindName } from './commands/bindName.ts';
import { RenamedFiles } from './commands/keptInSettings.ts';
import { registerNewScheduleFile } from './commands/newScheduleFile.ts';
import { registerOpenPreview } from './commands/openPreview.ts';
import { activateComparing } from './compare/activateComparing.ts';
import { HasSchedules } from './hasSchedules.ts';
import { registerCodeActions } from './language/codeActions.ts';
import { CodeLenses } from './language/codeLenses.ts';
import { Completions } from './language/completions.ts';
import { Diagnostics } from './language/diagnostics.ts';
import { GutterColors } from './language/gutterColors.ts';
import { Hovers } from './language/hovers.ts';
import { InlayHints } from './language/inlayHints.ts';
import { registerSignatureHelp } from './language/signatureHelp.ts';
import type { History } from './history/history.ts';
import { Previews } from './preview/previews.ts';
import { ScheduleColors } from './sources/scheduleColors.ts';
import { Sources } from './sources/sources.ts';

/** What other extensions and the tests get. */
export interface AnnealApi {
  readonly sources: Sources;
  readonly previews: Previews;
  readonly history: History;
}

export function activate(context: ExtensionContext): AnnealApi {
  const sources = new Sources();
  const colors = new ScheduleColors(sources);
  const previews = new Previews({ sources, colors, extension: context.extensionUri });
  const { history, disposables } = activateComparing(context, sources);
  context.subscriptions.push(
    sources,
    colors,
    previews,
    new HasSchedules(sources),
    new Diagnostics(sources),
    registerCodeActions(sources),
    new CodeLenses(sources),
    new Hovers(sources, colors),
    new InlayHints(sources),
    new Completions(sources, colors),
    registerSignatureHelp(sources),
    new GutterColors(sources, colors),
    registerBindName(sources, context.workspaceState),
    new RenamedFiles(),
    registerNewScheduleFile(),
    registerOpenPreview(previews, sources),
    ...disposables,
  );
  return { sources, previews, history };
}
