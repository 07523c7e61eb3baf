import { InputError } from '../inputError.ts';
import { lockOwner } from '../lock.ts';
import { encodeEvent, type ComparisonEvent, type ComparisonStarted } from '../protocol.ts';
import { journalPieces, type JournalPiece } from './journal.ts';
import {
  joinedStart,
  joinedState,
  partFolders,
  renamedEvent,
  type OpenComparison,
  type Part,
} from './openComparison.ts';
import { readPlan } from './plan.ts';
import { afterEvent, stateAfter, type ComparisonState, type LaterEvent } from './runStates.ts';
import { outcomeOf } from './session.ts';

export interface OpeningOptions {
  readonly folders: readonly string[];
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
  const folders = await partFolders(options.folders);
  return folders.length === 1 ? openOne(folders, options) : openSeveral(folders, options);
}

type ClosedPart = Omit<Part, 'state'>;

async function openOne(
  folders: readonly ClosedPart[],
  { tell, report }: OpeningOptions,
): Promise<OpenComparison> {
  const parts: Part[] = [];
  for (const part of folders) {
    // A comparison without a plan cannot be told of.
    await readPlan(part.folder.plan);
    let state: ComparisonState | undefined;
    for await (const { bytes, events } of journalPieces(part.folder.events, { report })) {
      state = events.reduce(afterEvent, state);
      await tell(bytes);
    }
    if (!state) throw noStart(part);
    const ends = await endsOf({ ...part, state });
    if (ends.length > 0) await tell(linesOf(ends));
    parts.push({ ...part, state: ends.reduce(stateAfter, state) });
  }
  return { parts };
}

async function openSeveral(
  folders: readonly ClosedPart[],
  { tell, report }: OpeningOptions,
): Promise<OpenComparison> {
  const starts: { readonly prefix: string; readonly started: ComparisonStarted }[] = [];
  for (const part of folders) {
    starts.push({ prefix: part.prefix, started: await startOf(part) });
  }
  await tell(linesOf([joinedStart(starts)]));
  const parts: Part[] = [];
  for (const part of folders) {
    let state: ComparisonState | undefined;
    for await (const { events } of journalPieces(part.folder.events, { report })) {
      state = events.reduce(afterEvent, state);
      await tell(linesOf(ofRuns(events, part.prefix)));
    }
    if (!state) throw noStart(part);
    const ends = await endsOf({ ...part, state });
    await tell(linesOf(ofRuns(ends, part.prefix)));
    parts.push({ ...part, state: ends.reduce(stateAfter, state) });
  }
  const open = { parts };
  await tell(linesOf([endOf(joinedState(open))]));
  return open;
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

async function startOf(part: ClosedPart): Promise<ComparisonStarted> {
  const pieces: AsyncGenerator<JournalPiece> = journalPieces(part.folder.events);
  const first = await pieces.next();
  await pieces.return(undefined);
  const event = first.done ? undefined : first.value.events[0];
  if (event?.type !== 'comparisonStarted') throw noStart(part);
  return event;
}

/** What is to be told of a part that a crash has left in the middle. */
async function endsOf({ folder, state }: Part): Promise<readonly LaterEvent[]> {
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

const linesOf = (events: readonly ComparisonEvent[]): string =>
  events.map((event) => `${encodeEvent(event)}\n`).join('');

function noStart({ folder }: ClosedPart): InputError {
  return new InputError(
    `${folder.events} does not tell of a comparison's start: it has not begun to train yet.`,
  );
}
