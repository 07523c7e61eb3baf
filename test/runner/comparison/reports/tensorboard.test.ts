import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { fileName } from '../../../../runner/comparison/folder.ts';
import { crc32c } from '../../../../runner/comparison/reports/tensorboard/records.ts';
import { anneal } from '../../../support/anneal.ts';
import { eventsIn, ofType } from '../../../support/comparisons.ts';
import { trainSmall } from '../../../support/smallComparison.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const run = promisify(execFile);
/** A Python that has TensorBoard: `ANNEAL_PYTHON`, else the one on the PATH. */
const python = process.env['ANNEAL_PYTHON'] ?? 'python3';

const program = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1], size_guidance={'scalars': 0}).Reload()
print(json.dumps({tag: [[s.step, s.value] for s in events.Scalars(tag)]
                  for tag in events.Tags()['scalars']}))
`;

/** By tag: step and value of each scalar. */
type Scalars = Readonly<Record<string, readonly (readonly [step: number, value: number])[]>>;

describe('Event files for TensorBoard', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const name = 'a/b <c>';
  let expected: Scalars = {};
  let eventFile = '';

  before(async () => {
    const path = folder.path('comparison');
    await trainSmall(path, { rates: { low: 1e-6, [name]: 1e-4 } });
    const { code, stderr } = await anneal(['report', path, '--format', 'tensorboard']);
    assert.equal(code, 0, stderr);

    const events = await eventsIn(path);
    const steps = ofType(events, 'stepsCompleted').filter((event) => event.run === name);
    const epochs = ofType(events, 'epochCompleted').filter((event) => event.run === name);
    const perStep = (of: 'losses' | 'learningRates'): Scalars[string] =>
      steps.flatMap((event) => event[of].map((value, i) => [event.firstStep + i, value] as const));
    expected = {
      loss: perStep('losses'),
      learning_rate: perStep('learningRates'),
      epoch_loss: epochs.map(({ epoch, loss }) => [epoch, Math.fround(loss)]),
      accuracy: epochs.map(({ epoch, accuracy }) => [epoch, Math.fround(accuracy)]),
    };
    const runs = folder.path('comparison', 'report.tensorboard');
    assert.deepEqual((await readdir(runs)).sort(), [fileName(name), 'low'].sort());
    const [file, ...others] = await readdir(`${runs}/${fileName(name)}`);
    assert.deepEqual(others, []);
    eventFile = `${runs}/${fileName(name)}/${file}`;
  });

  it('hold loss and rate of each step, loss and accuracy of each epoch', async () => {
    assert.equal(expected['loss']?.length, 6);
    const { version, scalars, times } = decoded(await readFile(eventFile));
    assert.equal(version, 'brain.Event:2');
    assert.deepEqual(scalars, expected);
    assert.ok(times.every((time) => Math.abs(time - Date.now() / 1000) < 600));
  });

  it('are read by TensorBoard itself', async function () {
    const hasTensorBoard = await run(python, ['-c', 'import tensorboard']).then(
      () => true,
      () => false,
    );
    if (!hasTensorBoard) return this.skip();
    const { stdout } = await run(python, ['-c', program, eventFile]);
    assert.deepEqual(JSON.parse(stdout), expected);
  });

  it('are replaced when they are written again', async () => {
    const before = await readFile(eventFile);
    await anneal(['report', folder.path('comparison'), '--format', 'tensorboard']);
    assert.deepEqual(await readFile(eventFile), before);
  });

  it('have the checksums of RFC 3720', () => {
    assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
    assert.equal(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8ab43);
    assert.equal(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e);
  });
});

/** Reads an event file byte by byte, as its format says, with every checksum. */
function decoded(file: Buffer) {
  const scalars: Record<string, [number, number][]> = {};
  const times: number[] = [];
  let version = '';
  for (let place = 0; place < file.length;) {
    const length = Number(file.readBigUInt64LE(place));
    const content = file.subarray(place + 12, place + 12 + length);
    const unmasked = (at: number): number => {
      const rotated = (file.readUInt32LE(at) - 0xa282ead8) >>> 0;
      return ((rotated >>> 17) | (rotated << 15)) >>> 0;
    };
    assert.equal(unmasked(place + 8), crc32c(file.subarray(place, place + 8)));
    assert.equal(unmasked(place + 12 + length), crc32c(content));
    place += length + 16;

    const event = fieldsOf(content);
    times.push(event.get(1)![0]!.readDoubleLE());
    version ||= event.get(3)?.[0]?.toString() ?? '';
    const step = event.get(2)?.[0];
    for (const value of event.get(5)?.flatMap((summary) => fieldsOf(summary).get(1)!) ?? []) {
      const scalar = fieldsOf(value);
      const tag = scalar.get(1)![0]!.toString();
      (scalars[tag] ??= []).push([varintOf(step!), scalar.get(2)![0]!.readFloatLE()]);
    }
  }
  return { version, scalars, times };
}

/** The fields of a protocol buffer by their number. */
function fieldsOf(message: Buffer): ReadonlyMap<number, readonly Buffer[]> {
  const fields = new Map<number, Buffer[]>();
  for (let place = 0; place < message.length;) {
    const key = message[place++]!;
    const endOfVarint = (): number => {
      let end = place;
      while (message[end]! > 127) end++;
      return end + 1;
    };
    let size: number;
    if ((key & 7) === 0) size = endOfVarint() - place;
    else if ((key & 7) === 1) size = 8;
    else if ((key & 7) === 5) size = 4;
    else {
      const start = endOfVarint();
      size = varintOf(message.subarray(place, start));
      place = start;
    }
    const content = message.subarray(place, place + size);
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), content]);
    place += size;
  }
  return fields;
}

const varintOf = (bytes: Buffer): number =>
  bytes.reduceRight((value, byte) => value * 128 + (byte & 127), 0);
