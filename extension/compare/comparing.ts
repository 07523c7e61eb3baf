import { basename } from 'node:path';
import {
  commands,
  Range,
  window,
  workspace,
  type ExtensionContext,
  type TextDocument,
  type Uri,
} from 'vscode';
import type { Finding } from '../../schedules/checking/finding.ts';
import { counted } from '../../schedules/checking/figures.ts';
import { locate, type Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { comparisonPlan, startRequest, type ComparisonChoices } from './comparisonPlan.ts';
import { newComparisonFolder } from './comparisonFolders.ts';
import type { ComparisonPanels } from './comparisonPanels.ts';
import type { Comparisons } from './comparisons.ts';
import type { ComparisonSession } from './comparisonSession.ts';
import { Measurements } from './measurements.ts';
import type { Runners } from './runners.ts';
import { pickSchedules } from './schedulePick.ts';
import { changedChoices } from './trainingChanges.ts';
import { pickTraining, planProblem } from './trainingPick.ts';
import { messageOf } from '../messageOf.ts';

export interface Comparing {
  readonly context: ExtensionContext;
  readonly sources: Sources;
  readonly runners: Runners;
  readonly comparisons: Comparisons;
  readonly panels: ComparisonPanels;
}

/** How a comparison is asked for. */
export interface Wanted {
  /** Those that were picked before; without any, the user is asked. */
  readonly schedules?: readonly string[];
  /** With which it starts at once, and nothing is asked. */
  readonly choices?: ComparisonChoices;
  /** As the last time, and nothing is asked. */
  readonly again?: boolean;
}

/**
 * Has files' schedules compared: asks what and how, as far as that is not known, and starts it. What
 * stands in the way is told.
 *
 * @returns the comparison that was started.
 */
export async function compareFiles(
  comparing: Comparing,
  files: readonly Source[],
  wanted: Wanted,
): Promise<ComparisonSession | undefined> {
  if (!(await isReady(files))) return undefined;
  const choices = await chosen(comparing, files, wanted);
  if (!choices) return undefined;
  const plan = comparisonPlan(comparing.sources, files, choices);
  const problem = planProblem(plan);
  const [first] = files;
  if (problem !== undefined || !first) {
    void window.showErrorMessage(problem ?? noFile);
    return undefined;
  }
  const { context, comparisons, panels } = comparing;
  await context.workspaceState.update(choicesKey(files), choices);
  const folder = newComparisonFolder(first.uri, context.globalStorageUri);
  try {
    const session = comparisons.start(await startRequest(plan, folder));
    panels.show(session);
    return session;
  } catch (error) {
    void window.showErrorMessage(messageOf(error));
    return undefined;
  }
}

export const noFile =
  'Open a Python file, a notebook or a *.schedules.json with schedules of Optax, and try again.';

/** What was chosen the last time for the same files. */
function choicesKey(files: readonly Source[]): string {
  return `choices ${files.map(({ uri }) => uri.toString()).join(' ')}`;
}

async function chosen(
  comparing: Comparing,
  files: readonly Source[],
  { schedules, choices, again = false }: Wanted,
): Promise<ComparisonChoices | undefined> {
  if (choices) return choices;
  const { context, sources, runners } = comparing;
  const last = context.workspaceState.get<ComparisonChoices>(choicesKey(files));
  const plan = comparisonPlan(sources, files, last ?? {});
  // Schedules that were renamed are asked for again.
  const isKnown = last !== undefined && plan.chosen.length > 0;
  if (again && isKnown) return last;
  const first = await firstSchedules();
  if (!first) return undefined;
  const measurements = new Measurements(() => runners.start(), context);
  try {
    return await chooseTraining(comparing, files, { ...last, schedules: first }, measurements);
  } finally {
    measurements.dispose();
  }

  function firstSchedules() {
    const names = plan.chosen.map(({ name }) => name);
    if (schedules && schedules.length > 1) return schedules;
    // One alone is to be compared with others.
    if (schedules) return pickSchedules(plan, [...schedules, ...names]);
    return isKnown ? names : pickSchedules(plan);
  }
}

async function chooseTraining(
  { sources }: Comparing,
  files: readonly Source[],
  begin: ComparisonChoices,
  measurements: Measurements,
): Promise<ComparisonChoices | undefined> {
  let choices = begin;
  for (;;) {
    const plan = comparisonPlan(sources, files, choices);
    const picked = await pickTraining(plan, measurements);
    if (picked === undefined) return undefined;
    if (picked === 'start') return choices;
    choices = await changedChoices(picked, plan, measurements);
  }
}

/** Whether there is something that can be trained; tells what else is to be done. */
async function isReady(files: readonly Source[]): Promise<boolean> {
  if (!workspace.isTrusted) {
    await explainTrust();
    return false;
  }
  const all = files.flatMap(({ read }) => [...read.definitions, ...read.uses]);
  if (all.length === 0) {
    const create = 'New Schedule File';
    const picked = await window.showErrorMessage(noFile, create);
    if (picked === create) await commands.executeCommand('anneal.newScheduleFile');
    return false;
  }
  for (const file of files) {
    const errors = file.read.findings.filter(({ severity }) => severity === 'error');
    if (errors[0] && !(await acceptErrors(file, errors[0], errors.length))) return false;
  }
  return true;
}

async function explainTrust(): Promise<void> {
  const manage = 'Manage Workspace Trust';
  const picked = await window.showWarningMessage(
    'Training runs programs and writes files, so that it is off in a workspace that you do not trust.',
    manage,
  );
  if (picked === manage) await commands.executeCommand('workbench.trust.manage');
}

/** Says what is wrong and offers to go there. @returns whether the others are to be compared. */
async function acceptErrors(source: Source, first: Finding, count: number): Promise<boolean> {
  const place = locate(source, first.span);
  const line = place ? ` (line ${place.range.start.line + 1})` : '';
  const more = count > 1 ? ` This is the first of ${counted(count, 'error')}.` : '';
  const [goThere, compareOthers] = ['Go There', 'Compare the Others'];
  const hasOthers = source.read.definitions.some(({ schedule }) => schedule !== null);
  const picked = await window.showErrorMessage(
    `${basename(source.uri.path)}${line}: ${first.message}${more}`,
    ...[goThere, ...(hasOthers ? [compareOthers] : [])],
  );
  if (picked === goThere && place) await reveal(place.uri, place.range);
  return picked === compareOthers;
}

async function reveal(uri: Uri, range: Range): Promise<void> {
  const document: TextDocument = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { selection: range });
}
