import { open, readFile, truncate } from 'node:fs/promises';
import { cannotWrite, InputError } from '../inputError.ts';
import { decodeEvent, encodeEvent, type ComparisonEvent } from '../protocol.ts';

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

/**
 * All events of a journal. A torn last line, as a crash leaves it, is dropped and reported.
 *
 * @throws InputError for any other damage, with the number of the line.
 */
export async function readJournal(
  path: string,
  report: (message: string) => void = () => undefined,
): Promise<readonly ComparisonEvent[]> {
  const bytes = await contentOf(path);
  if (wholeLines(bytes) < bytes.length) {
    report(`The last line of ${path} is incomplete, as a crash leaves it; it is not used.`);
  }
  const lines = bytes.toString('utf8', 0, wholeLines(bytes)).split('\n').slice(0, -1);
  return lines.map((line, i) => {
    try {
      return decodeEvent(line);
    } catch {
      throw new InputError(`${path} is damaged in line ${i + 1}; it is not an event.`);
    }
  });
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
const wholeLines = (bytes: Buffer): number => bytes.lastIndexOf('\n') + 1;

async function contentOf(path: string): Promise<Buffer> {
  return readFile(path).catch(() => {
    throw new InputError(`${path} cannot be read; is this the folder of a comparison?`);
  });
}
