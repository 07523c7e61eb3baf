import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import {
  asWritten,
  cutTornLine,
  journalPieces,
  openJournal,
  readJournal,
  withoutSteps,
} from '../../../runner/comparison/journal.ts';
import type { InputError } from '../../../runner/inputError.ts';
import { encodeEvent, type ComparisonEvent } from '../../../runner/protocol.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { tinyDisk } from '../../support/tinyDisk.ts';

function stepsOf(count: number): readonly ComparisonEvent[] {
  return Array.from({ length: count }, (_, firstStep) => ({
    type: 'stepsCompleted',
    run: 'ä "🚀"\n',
    firstStep,
    losses: [NaN, 1 / 3],
    learningRates: [1e-4, Infinity],
    stepsPerSecond: 10,
  }));
}

/** For a journal that nothing is to go wrong with. */
const quiet = {
  onWritten: () => undefined,
  onFailure: (error: InputError): void => {
    throw error;
  },
};

describe('The journal of a comparison', () => {
  const folder = temporaryFolder();

  it('holds every event in its order, also after it was opened anew', async () => {
    const path = folder.path('events.jsonl');
    const events = stepsOf(200);
    for (const half of [events.slice(0, 100), events.slice(100)]) {
      const journal = await openJournal(path, quiet);
      for (const event of half) journal.append(event);
      await journal.close();
    }
    assert.deepEqual(await readJournal(path), events);
  });

  it('is read without its last line wherever a crash tore that off', async () => {
    const path = folder.path('torn.jsonl');
    const [first, second] = stepsOf(2);
    const whole = `${encodeEvent(first!)}\n`;
    const last = Buffer.from(`${encodeEvent(second!)}\n`);
    for (let length = 0; length < last.length; length++) {
      await writeFile(path, Buffer.concat([Buffer.from(whole), last.subarray(0, length)]));
      assert.deepEqual(await readJournal(path), [first], `${length} bytes of the last line`);
    }
    await writeFile(path, Buffer.concat([Buffer.from(whole), last]));
    assert.deepEqual(await readJournal(path), [first, second]);
  });

  it('is refused with the number of the line where any other is damaged', async () => {
    const lines = stepsOf(5).map(encodeEvent);
    for (const damage of ['', '{"type":"stepsComp', '{"type":"unknown"}', '\0'.repeat(20)]) {
      const path = folder.path('damaged.jsonl');
      await writeFile(path, `${lines.with(2, damage).join('\n')}\n`);
      await assert.rejects(readJournal(path), {
        name: 'InputError',
        message: `${path} is damaged in line 3; it is not an event.`,
      });
    }
  });

  it('is empty where nothing was written yet', async () => {
    const path = folder.path('empty.jsonl');
    await writeFile(path, '');
    assert.deepEqual(await readJournal(path), []);
  });

  it('tells of a folder that holds none', async () => {
    const path = folder.path('nowhere', 'events.jsonl');
    const message = `${path} cannot be read; is this the folder of a comparison?`;
    await assert.rejects(readJournal(path), { name: 'InputError', message });
    await assert.rejects(openJournal(path, quiet), { name: 'InputError' });
  });

  it('tells once that the disk is full, and can be read up to there', async function () {
    const disk = tinyDisk(64);
    if (!disk) return this.skip();
    try {
      const path = `${disk.path}/events.jsonl`;
      const failures: string[] = [];
      const written: ComparisonEvent[] = [];
      const journal = await openJournal(path, {
        onWritten: (event) => written.push(event),
        onFailure: ({ message }) => failures.push(message),
      });
      const events = stepsOf(1000);
      for (const [i, event] of events.entries()) {
        journal.append(event);
        while (written.length <= i && failures.length === 0) await setImmediate();
      }
      const message = `${path} cannot be written: the disk is full; make room and run again.`;
      await assert.rejects(journal.close(), { name: 'InputError', message });
      assert.deepEqual(failures, [message]);
      const read = await readJournal(path);
      assert.ok(written.length > 100);
      assert.deepEqual(read.slice(0, written.length), written);
      assert.deepEqual(read, events.slice(0, read.length));
    } finally {
      disk.remove();
    }
  });

  it('has an event before it is told, in the order in which they came', async () => {
    const path = folder.path('told.jsonl');
    const told: ComparisonEvent[] = [];
    const journal = await openJournal(path, {
      ...quiet,
      onWritten(event) {
        told.push(event);
        assert.ok(readFileSync(path, 'utf8').includes(`${encodeEvent(event)}\n`));
      },
    });
    const events = stepsOf(50).flatMap((event): ComparisonEvent[] => [
      event,
      { type: 'runStopped', run: 'a' },
    ]);
    for (const event of events) {
      journal.append(event);
      await setImmediate();
    }
    await journal.close();
    assert.deepEqual(told, events);
  });

  it('that goes on after a crash loses the torn line, which is said, and nothing else', async () => {
    const path = folder.path('goes on.jsonl');
    const [first, second] = stepsOf(2);
    const torn = encodeEvent(second!);
    for (let length = 0; length <= torn.length; length++) {
      await writeFile(path, `${encodeEvent(first!)}\n${torn.slice(0, length)}`);
      const said: string[] = [];
      assert.deepEqual(await readJournal(path, { report: (message) => said.push(message) }), [
        first,
      ]);
      const sentence = `The last line of ${path} is incomplete, as a crash leaves it; it is not used.`;
      assert.deepEqual(said, length > 0 ? [sentence] : []);
      await cutTornLine(path);
      const journal = await openJournal(path, quiet);
      journal.append(second!);
      await journal.close();
      assert.deepEqual(await readJournal(path), [first, second]);
    }
  });

  it('is read piece by piece, wherever the pieces end in its lines', async () => {
    const path = folder.path('large.jsonl');
    const steps = stepsOf(40_000);
    await writeFile(path, steps.map((event) => `${encodeEvent(event)}\n`).join(''));
    const pieces: number[] = [];
    const bytes: Buffer[] = [];
    for await (const piece of journalPieces(path, asWritten)) {
      pieces.push(piece.events.length);
      bytes.push(piece.bytes);
    }
    assert.ok(pieces.length > 3);
    assert.deepEqual(await readJournal(path), steps);
    assert.deepEqual(Buffer.concat(bytes), await readFile(path));
  });

  it('is read without its steps where nobody asks for them', async () => {
    const path = folder.path('steps.jsonl');
    const [steps] = stepsOf(1);
    const stopped: ComparisonEvent = { type: 'runStopped', run: 'a' };
    await writeFile(path, [steps!, stopped, steps!].map((e) => `${encodeEvent(e)}\n`).join(''));
    assert.deepEqual(await readJournal(path, { read: withoutSteps }), [stopped]);
    await writeFile(path, `${encodeEvent(steps!).slice(0, -1)}\n`);
    await assert.rejects(readJournal(path, { read: withoutSteps }), /is damaged in line 1; /);
  });

  it('has each event on a line of its own, whoever reads it', async () => {
    const path = folder.path('lines.jsonl');
    const journal = await openJournal(path, quiet);
    for (const event of stepsOf(3)) journal.append(event);
    await journal.close();
    const text = await readFile(path, 'utf8');
    assert.equal(text.split('\n').length, 4);
  });
});
