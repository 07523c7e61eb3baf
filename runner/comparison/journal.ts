import { createReadStream } from 'node:fs';
import { open, readFile, truncate } from 'node:fs/promises';
import { cannotWrite, InputError } from '../inputError.ts';
import { decodeEvent, encodeEvent, type ComparisonEvent } from '../protocol.ts';
import { float32StepsOf, type PastEvent } from './stepsLine.ts';

/** The events of a comparison on disk: `events.jsonl`, append-only. */
export interface Journal {
  /** Appends an event, which is told when it is written. */
  append(event: ComparisonEvent): void;
  /** Settles when all is written and told; throws what went wrong on the way. */
  close(): Promise<void>;
}

export interface JournalOptions {
  /**
   * Is told each event once the file has it. All but steps are synced before, so that nothing is told
   * of an epoch which a power failure can take back.
   */
  readonly onWritten: (event: ComparisonEvent) => void;
  /** Is told once, when events cannot be written (a full disk, say); no event is told after it. */
  readonly onFailure: (error: InputError) => void;
}

/**
 * Opens a journal to append to.
 *
 * @throws InputError where the file cannot be opened.
 */
export async function openJournal(
  path: string,
  { onWritten, onFailure }: JournalOptions,
): Promise<Journal> {
  const file = await open(path, 'a').catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
  let failure: InputError | undefined;
  let waiting: ComparisonEvent[] = [];
  let writing: Promise<void> = Promise.resolve();

  /** Writes what has gathered while the disk was busy: one sync serves all of it. */
  const write = async (): Promise<void> => {
    const events = waiting;
    waiting = [];
    if (failure || events.length === 0) return;
    try {
      await file.appendFile(events.map((event) => `${encodeEvent(event)}\n`).join(''));
      if (events.some(({ type }) => type !== 'stepsCompleted')) await file.datasync();
    } catch (error) {
      failure = cannotWrite(path, error);
      onFailure(failure);
      return;
    }
    events.forEach(onWritten);
  };
  return {
    append(event) {
      waiting.push(event);
      writing = writing.then(write);
    },
    async close() {
      // What is told may lead to more.
      while (waiting.length > 0) await writing;
      await writing;
      await file.close();
      if (failure) throw failure;
    },
  };
}

/** A place in a journal between two lines. */
export interface JournalPlace {
  readonly bytes: number;
  readonly lines: number;
}

export const journalStart: JournalPlace = { bytes: 0, lines: 0 };

/** Some lines of a journal. */
export interface JournalPiece<Event> {
  /** As they lie in the file, each with its end. */
  readonly bytes: Buffer;
  readonly events: readonly Event[];
  /** Where the piece ends. */
  readonly end: JournalPlace;
}

export interface ReadingOptions {
  /** Is told that a torn last line, as a crash leaves it, is passed over. */
  readonly report?: ((message: string) => void) | undefined;
  /** Where to begin; at the start if it is not given. */
  readonly from?: JournalPlace;
}

/**
 * What an event is read as of a line without its end; undefined where it is passed over. Throws where
 * the line is none.
 */
export type LineReader<Event> = (line: Buffer) => Event | undefined;

/** Reads events as they are written. */
export const asWritten: LineReader<ComparisonEvent> = (line) => decodeEvent(line.toString());

/** Passes over steps, which are nearly all of a journal: it looks at the ends of their lines only. */
export const withoutSteps: LineReader<ComparisonEvent> = (line) =>
  hasEndsOfSteps(line) ? undefined : asWritten(line);

/** Rounds steps to float32, as pages and charts have them: much quicker than as they are written. */
export const withFloat32Steps: LineReader<PastEvent> = (line) =>
  float32StepsOf(line) ?? asWritten(line);

/** Bytes: the events of a larger piece take longer, since the garbage collector meets them alive. */
const pieceSize = 2 ** 17;

/**
 * Reads a journal piece by piece.
 *
 * @throws InputError where it cannot be read, or for damage, with the number of the line.
 */
export async function* journalPieces<Event>(
  path: string,
  read: LineReader<Event>,
  { report, from = journalStart }: ReadingOptions = {},
): AsyncGenerator<JournalPiece<Event>> {
  let rest: Buffer = Buffer.alloc(0);
  let { bytes: place, lines } = from;
  try {
    for await (const chunk of createReadStream(path, { start: place, highWaterMark: pieceSize })) {
      const bytes = Buffer.concat([rest, chunk as Buffer]);
      const end = wholeLines(bytes);
      rest = bytes.subarray(end);
      if (end === 0) continue;
      const piece = bytes.subarray(0, end);
      const events: Event[] = [];
      for (const line of linesOf(piece)) {
        lines++;
        const event = eventOf(line, read, path, lines);
        if (event !== undefined) events.push(event);
      }
      place += end;
      yield { bytes: piece, events, end: { bytes: place, lines } };
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path} cannot be read; is this the folder of a comparison?`);
  }
  if (rest.length > 0) {
    report?.(`The last line of ${path} is incomplete, as a crash leaves it; it is not used.`);
  }
}

const startOfSteps = Buffer.from('{"type":"stepsCompleted",');
const lastBrace = 0x7d;

function hasEndsOfSteps(line: Buffer): boolean {
  const start = line.subarray(0, startOfSteps.length);
  return start.equals(startOfSteps) && line.at(-1) === lastBrace;
}

function* linesOf(piece: Buffer): Generator<Buffer> {
  for (let start = 0; start < piece.length;) {
    const end = piece.indexOf(lineEnd, start);
    yield piece.subarray(start, end);
    start = end + 1;
  }
}

function eventOf<Event>(line: Buffer, read: LineReader<Event>, path: string, number: number) {
  try {
    return read(line);
  } catch {
    throw new InputError(`${path} is damaged in line ${number}; it is not an event.`);
  }
}

/** All events of a journal, as `journalPieces` reads them. */
export async function readJournal(
  path: string,
  { read = asWritten, ...options }: ReadingOptions & { read?: LineReader<ComparisonEvent> } = {},
): Promise<readonly ComparisonEvent[]> {
  const pieces: (readonly ComparisonEvent[])[] = [];
  for await (const { events } of journalPieces(path, read, options)) pieces.push(events);
  return pieces.flat();
}

/**
 * Takes a torn last line off a journal that is to be appended to.
 *
 * @throws InputError where the file cannot be written.
 */
export async function cutTornLine(path: string): Promise<void> {
  const bytes = await contentOf(path);
  const length = wholeLines(bytes);
  if (length === bytes.length) return;
  await truncate(path, length).catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
}

/** Bytes of the lines that have their end. */
const wholeLines = (bytes: Buffer): number => bytes.lastIndexOf(lineEnd) + 1;
const lineEnd = 0x0a;

async function contentOf(path: string): Promise<Buffer> {
  return readFile(path).catch(() => {
    throw new InputError(`${path} cannot be read; is this the folder of a comparison?`);
  });
}
