import { resolve } from 'node:path';
import { InputError } from '../inputError.ts';
import { lockOwner } from '../lock.ts';
import { encodeEvent, type ComparisonEvent, type StepsCompleted } from '../protocol.ts';
import { comparisonFolder, type ComparisonFolder } from './folder.ts';
import {
  asWritten,
  journalPieces,
  journalStart,
  withFloat32Steps,
  withoutSteps,
  type JournalPiece,
  type LineReader,
} from './journal.ts';
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
import type { PastEvent } from './stepsLine.ts';

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

async function openOne(folder: ComparisonFolder, options: OpeningOptions): Promise<OpenComparison> {
  const { tell, report, packed = false } = options;
  const owner = await lockOwner(folder.lock);
  // A line that another process is writing is not whole yet.
  const past = { folder, tell, report: owner ? undefined : report };
  const { state, read } = await (packed ? tellPast(past, inFewLines()) : tellPast(past, asItLies));
  // What another process has trained meanwhile is not read: it may have come to its end.
  const ends = owner ? [] : await endsOf(folder, state);
  await tell(linesOf(ends));
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
    const past = { folder, tell, report };
    const { state, read } = await (packed
      ? tellPast(past, inFewLines(prefix))
      : tellPast(past, asOfSeveral(prefix)));
    const ends = await endsOf(folder, state);
    await tell(linesOf(ofRuns(ends, prefix)));
    parts.push({ folder, prefix, state: ends.reduce(stateAfter, state), read });
  }
  const open = { parts };
  await tell(linesOf([endOf(joinedState(open))]));
  return open;
}

/** How events of the past are read and told. */
interface Telling<Event extends PastEvent> {
  readonly read: LineReader<Event>;
  /** What is told once a piece is read; it may leave something to what is told last. */
  readonly told: (piece: JournalPiece<Event>) => string | Uint8Array;
  readonly last: () => string;
}

/** Only who looks at steps has to read them. */
const asItLies: Telling<ComparisonEvent> = {
  read: withoutSteps,
  told: ({ bytes }) => bytes,
  last: () => '',
};

const asOfSeveral = (prefix: string): Telling<ComparisonEvent> => ({
  read: asWritten,
  told: ({ events }) => linesOf(ofRuns(events, prefix)),
  last: () => '',
});

/** @param prefix of the names of runs, where the comparison is one of several. */
function inFewLines(prefix?: string): Telling<PastEvent> {
  const lines = pastLines();
  return {
    read: withFloat32Steps,
    told: ({ events }) => lines.add(prefix === undefined ? events : ofRuns(events, prefix)),
    last: () => lines.rest(),
  };
}

interface Past extends Pick<OpeningOptions, 'tell'> {
  readonly folder: ComparisonFolder;
  readonly report: OpeningOptions['report'] | undefined;
}

/** Tells what lies in a journal, and how it stands by that. */
async function tellPast<Event extends PastEvent>(
  { folder, tell, report }: Past,
  { read, told, last }: Telling<Event>,
): Promise<Pick<Part, 'state' | 'read'>> {
  let state: ComparisonState | undefined;
  let end = journalStart;
  for await (const piece of journalPieces(folder.events, read, { report })) {
    end = piece.end;
    for (const event of piece.events) if (isNoSteps(event)) state = afterEvent(state, event);
    await tell(told(piece));
  }
  if (!state) throw noStart(folder);
  await tell(last());
  return { state, read: end };
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
  const pieces = journalPieces(folder.events, asWritten);
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
    for await (const { events } of journalPieces(folder.events, asWritten)) {
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

function ofRuns<Event extends PastEvent>(
  events: readonly Event[],
  prefix: string,
): readonly Event[] {
  return events.flatMap((event) => ('run' in event ? renamedEvent(event, prefix) : []));
}

/** They are nearly all events, and say nothing that is asked for once they are over. */
const isNoSteps = (event: PastEvent): event is Exclude<ComparisonEvent, StepsCompleted> =>
  event.type !== 'stepsCompleted' && event.type !== 'float32Steps';

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
