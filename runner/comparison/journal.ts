import { open, readFile } from 'node:fs/promises';
import { cannotWrite, InputError } from '../inputError.ts';
import { decodeEvent, encodeEvent, type ComparisonEvent } from '../protocol.ts';

/** The events of a comparison on disk: `events.jsonl`, append-only. */
export interface Journal {
  /** Appends an event; the disk has it for certain after the next epoch or `close`. */
  append(event: ComparisonEvent): void;
  /** Settles when all is written; throws what went wrong on the way. */
  close(): Promise<void>;
}

/**
 * Opens a journal to append to.
 *
 * @param onFailure is told once, when an event cannot be written (a full disk, say).
 * @throws InputError where the file cannot be opened.
 */
export async function openJournal(
  path: string,
  onFailure: (error: InputError) => void,
): Promise<Journal> {
  const file = await open(path, 'a').catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
  let failure: InputError | undefined;
  let last: Promise<void> = Promise.resolve();
  const write = async (event: ComparisonEvent): Promise<void> => {
    if (failure) return;
    try {
      await file.appendFile(`${encodeEvent(event)}\n`);
      if (event.type !== 'stepsCompleted') await file.datasync();
    } catch (error) {
      failure = cannotWrite(path, error);
      onFailure(failure);
    }
  };
  return {
    append(event) {
      last = last.then(() => write(event));
    },
    async close() {
      await last;
      await file.close();
      if (failure) throw failure;
    },
  };
}

/**
 * All events of a journal. A torn last line, as a crash leaves it, is dropped.
 *
 * @throws InputError for any other damage, with the number of the line.
 */
export async function readJournal(path: string): Promise<readonly ComparisonEvent[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new InputError(`${path} cannot be read; is this the folder of a comparison?`);
  }
  const lines = text.split('\n');
  // The last piece is empty, or was torn off before its line end was written.
  lines.pop();
  return lines.map((line, i) => {
    try {
      return decodeEvent(line);
    } catch {
      throw new InputError(`${path} is damaged in line ${i + 1}; it is not an event.`);
    }
  });
}
