import { resolve } from 'node:path';
import { InputError } from '../inputError.ts';
import { lockOwner } from '../lock.ts';
import { encodeEvent, type ComparisonEvent } from '../protocol.ts';
import { comparisonFolder, type ComparisonFolder } from './folder.ts';
import { journalPieces, journalStart } from './journal.ts';
import {
  joinedStart,
  joinedState,
  renamedEvent,
  titleOf,
  type OpenComparison,
  type Part,
} from './openComparison.ts';
import { pastLines } from './pastLines.ts';
import { requireWholePlan } from './plan.ts';
import { afterEvent, stateAfter, type ComparisonState, type LaterEvent } from './runStates.ts';
import { outcomeOf } from './session.ts';

export interface OpeningOptions {
  readonly folders: readonly string[];
  /** Tell steps in few lines: see `PackedSteps`. */
  readonly packed?: boolean;
  /** Is told lines of events; the next ones come when it has taken them. */
  readonly tell: (lines: string | Uint8Array) => Promise<void>;
  /** What a person should know, a sentence at a time. */
  readonly report: (message: string) => void;
}

/**
 * Opens comparisons to look at them, and tells their events again: those of one as they lie in its
 * journal, those of several as of one comparison. What a crash has left in the middle is told as
 * stopped. A comparison that another process trains is told as far as its journal goes.
 *
 * @throws InputError where a folder holds no comparison or a damaged one, or where they were not
 * tested on the same images.
 */
export async function openComparisons(options: OpeningOptions): Promise<OpenComparison> {
  const paths = new Set(options.folders.map((path) => resolve(path)));
  const [folder, ...others] = [...paths].map(comparisonFolder);
  if (!folder) throw new InputError('There is no comparison to open: name its folder.');
  for (const { plan } of [folder, ...others]) await requireWholePlan(plan);
  return others.length === 0 ? openOne(folder, options) : openSeveral([folder, ...others], options);
}

async function openOne(
  folder: ComparisonFolder,
  { tell, report, packed = false }: OpeningOptions,
): Promise<OpenComparison> {
  const past = pastLines();
  let state: ComparisonState | undefined;
  let read = journalStart;
  const owner = await lockOwner(folder.lock);
  // Where they are told as they lie there, only who looks at steps has to read them.
  const pieces = journalPieces(folder.events, {
    // A line that another process is writing is not whole yet.
    report: owner ? undefined : report,
    steps: packed ? 'float32' : 'passed over',
  });
  for await (const { bytes, events, end } of pieces) {
    read = end;
    state = events.filter(isNoSteps).reduce(afterEvent, state);
    await tell(packed ? past.add(events) : bytes);
  }
  if (!state) throw noStart(folder);
  // What another process has trained meanwhile is not read: it may have come to its end.
  const ends = owner ? [] : await endsOf(folder, state);
  await tell(past.rest() + linesOf(ends));
  return { parts: [{ folder, prefix: '', state: ends.reduce(stateAfter, state), read }] };
}

async function openSeveral(
  folders: readonly ComparisonFolder[],
  { tell, report, packed = false }: OpeningOptions,
): Promise<OpenComparison> {
  const starts = await prefixed(folders);
  await tell(linesOf([joinedStart(starts)]));
  const parts: Part[] = [];
  for (const { folder, prefix } of starts) {
    const past = pastLines();
    let state: ComparisonState | undefined;
    let read = journalStart;
    const pieces = journalPieces(folder.events, {
      report,
      steps: packed ? 'float32' : undefined,
    });
    for await (const { events, end } of pieces) {
      read = end;
      state = events.filter(isNoSteps).reduce(afterEvent, state);
      const own = ofRuns(events, prefix);
      await tell(packed ? past.add(own) : linesOf(own));
    }
    if (!state) throw noStart(folder);
    const ends = await endsOf(folder, state);
    await tell(past.rest() + linesOf(ofRuns(ends, prefix)));
    parts.push({ folder, prefix, state: ends.reduce(stateAfter, state), read });
  }
  const open = { parts };
  await tell(linesOf([endOf(joinedState(open))]));
  return open;
}

/** The starts of several comparisons, and what the names of their runs are to be preceded by. */
async function prefixed(folders: readonly ComparisonFolder[]) {
  const starts = await Promise.all(folders.map(startOf));
  const titles = await Promise.all(starts.map(({ folder, started }) => titleOf(folder, started)));
  return starts.map((start, i) => {
    const title = titles[i] ?? '';
    const same = titles.slice(0, i).filter((other) => other === title).length;
    return { ...start, prefix: same === 0 ? `${title}: ` : `${title} (${same + 1}): ` };
  });
}

async function startOf(folder: ComparisonFolder) {
  const pieces = journalPieces(folder.events);
  const first = await pieces.next();
  await pieces.return(undefined);
  const started = first.done ? undefined : first.value.events[0];
  if (started?.type !== 'comparisonStarted') throw noStart(folder);
  return { folder, started };
}

/** All events of what is open, as they were told when it was opened. */
export async function* eventsOf(open: OpenComparison): AsyncGenerator<ComparisonEvent> {
  const isJoined = open.parts.length > 1;
  if (isJoined) yield joinedState(open).started;
  for (const { folder, prefix, state } of open.parts) {
    let told: ComparisonState | undefined;
    for await (const { events } of journalPieces(folder.events)) {
      told = events.reduce(afterEvent, told);
      if (isJoined) yield* ofRuns(events, prefix);
      else yield* events;
    }
    const left = [...state.runs.values()].filter(
      ({ run, status }) => status === 'stopped' && told?.runs.get(run)?.status === 'training',
    );
    yield* ofRuns(
      left.map(({ run }) => ({ type: 'runStopped', run })),
      prefix,
    );
  }
  if (isJoined) yield endOf(joinedState(open));
}

function ofRuns(events: readonly ComparisonEvent[], prefix: string): readonly ComparisonEvent[] {
  return events.flatMap((event) => ('run' in event ? renamedEvent(event, prefix) : []));
}

/** They are nearly all events, and say nothing that is asked for once they are over. */
const isNoSteps = ({ type }: ComparisonEvent): boolean => type !== 'stepsCompleted';

/** What is to be told of a comparison that a crash has left in the middle. */
export async function endsOf(
  folder: ComparisonFolder,
  state: ComparisonState,
): Promise<readonly LaterEvent[]> {
  if (await lockOwner(folder.lock)) return [];
  const left = [...state.runs.values()].filter(({ status }) => status === 'training');
  const stops = left.map(({ run }): LaterEvent => ({ type: 'runStopped', run }));
  const hasEnd = state.seconds !== undefined || left.length === 0;
  return hasEnd ? stops : [...stops, endOf(state)];
}

function endOf(state: ComparisonState): LaterEvent {
  const type = outcomeOf(state) === 'stopped' ? 'comparisonStopped' : 'comparisonCompleted';
  const seconds = state.seconds ?? state.secondsBefore;
  return { type, comparison: state.started.comparison, seconds };
}

export const linesOf = (events: readonly ComparisonEvent[]): string =>
  events.map((event) => `${encodeEvent(event)}\n`).join('');

function noStart({ events }: ComparisonFolder): InputError {
  return new InputError(
    `${events} does not tell of a comparison's start: it has not begun to train yet.`,
  );
}
