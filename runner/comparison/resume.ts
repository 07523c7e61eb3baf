import { existsSync } from 'node:fs';
import { candidatesFor, chooseEngine, type Candidate } from '../engines/choice.ts';
import { engineNames, type EngineName } from '../engines/engines.ts';
import { InputError } from '../inputError.ts';
import type { ComparisonEvent } from '../protocol.ts';
import { comparisonFolder, type ComparisonFolder } from './folder.ts';
import { cutTornLine, openJournal, readJournal } from './journal.ts';
import { ownFolder } from './ownFolder.ts';
import { readPlan, type Plan, type PlannedRun } from './plan.ts';
import { afterEvent, type ComparisonState } from './runStates.ts';
import {
  chosenOf,
  outcomeOf,
  runsLeft,
  trainLeft,
  workersFor,
  type ComparisonOutcome,
  type SessionOptions,
} from './session.ts';

export interface ResumeOptions extends SessionOptions {
  /** The folder of the comparison. */
  readonly folder: string;
  /** Asked for the folder of the data where there is something left to train. */
  readonly findDataFolder: () => Promise<string>;
  /** The one that trained last is preferred where none is given. */
  readonly engine?: EngineName | 'auto' | undefined;
}

/**
 * Goes on with a comparison where it ended, however that was: runs that were completed stay, the
 * others go on from their last checkpoints.
 *
 * @throws InputError where the folder holds no comparison or a damaged one, another process has it, or
 * as `compare` does.
 */
export async function resume(options: ResumeOptions): Promise<ComparisonOutcome> {
  const { report, signal, onEvent } = options;
  const folder = comparisonFolder(options.folder);
  // Before anything is written: this may be no comparison at all.
  await readPlan(folder.plan);
  return ownFolder(folder, async () => {
    const plan = await readPlan(folder.plan);
    const past = existsSync(folder.events) ? await recover(folder, report) : [];
    const state = past.reduce<ComparisonState | undefined>(afterEvent, undefined);
    const left = runsLeft(plan, state);
    const runs = chosenOf(left, options.only);
    requireLeft(options.only, plan, runs);
    for (const event of past) onEvent(event, 'past');
    if (state && left.length === 0) return completed(folder, state, options);

    const dataFolder = await options.findDataFolder();
    const before = past.findLast((event) => 'engine' in event)?.engine ?? plan.engine;
    const engines = candidates(options.engine, before);
    options.prepare?.('Starting the engine', null);
    const engine = await chooseEngine(
      engines,
      workersFor(runs.length, options.parallel),
      report,
      signal,
    );
    try {
      return await trainLeft({ folder, plan, state }, engine, dataFolder, options);
    } finally {
      engine.firstWorker.end();
    }
  });
}

/** @throws InputError for a run that the comparison does not have, or where nothing is left of any. */
function requireLeft(
  only: readonly string[] | undefined,
  { runs }: Plan,
  chosen: readonly PlannedRun[],
): void {
  if (!only) return;
  const unknown = only.find((name) => runs.every(({ run }) => run !== name));
  if (unknown !== undefined) throw new InputError(`The comparison has no run '${unknown}'.`);
  if (chosen.length > 0) return;
  const [which, are] = only.length === 1 ? ['Run', 'is'] : ['Runs', 'are'];
  const names = only.map((name) => `'${name}'`).join(', ');
  throw new InputError(`${which} ${names} ${are} through: there is nothing left to train.`);
}

/** Reads a journal that is to be appended to. */
async function recover(
  { events }: ComparisonFolder,
  report: (message: string) => void,
): Promise<readonly ComparisonEvent[]> {
  const past = await readJournal(events, { report });
  await cutTornLine(events);
  return past;
}

/** All is trained; the end itself may not have been told. */
async function completed(
  { events }: ComparisonFolder,
  state: ComparisonState,
  { onEvent }: ResumeOptions,
): Promise<ComparisonOutcome> {
  if (state.seconds === undefined) {
    const { comparison } = state.started;
    const journal = await openJournal(events, {
      onWritten(event) {
        onEvent(event, 'now');
      },
      onFailure: () => undefined,
    });
    journal.append({ type: 'comparisonCompleted', comparison, seconds: state.secondsBefore });
    await journal.close();
  }
  return outcomeOf(state);
}

function candidates(
  asked: EngineName | 'auto' | undefined,
  before: string | undefined,
): readonly Candidate[] {
  if (asked !== undefined) return candidatesFor(asked);
  const preferred = engineNames.filter((name) => name === before);
  return [...preferred.flatMap(candidatesFor), ...candidatesFor('auto')];
}
