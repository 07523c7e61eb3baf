import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import {
  checkpointFiles,
  readCheckpoint,
  readIdentity,
  saveCheckpoint,
  type Checkpoint,
} from '../../../runner/comparison/checkpoints.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const within: Checkpoint = {
  step: 7,
  losses: [1 / 3, 2 ** -149, 588.123046875],
  seconds: 1.25,
  identity: 'ab12',
  engines: ['wasm on CPU'],
  parameters: {
    'DENSE/kernel': { shape: [2, 3], values: Float32Array.of(1, -0, NaN, Infinity, 1e-45, 3) },
    'DENSE/bias': { shape: [3], values: new Float32Array(3) },
  },
  optimizer: {
    count: { shape: [], values: Int32Array.of(7) },
    'mu/DENSE/bias': { shape: [3], values: Float32Array.of(1, 2, 3) },
  },
};
const atEnd: Checkpoint = { ...within, step: 8, epochEnd: { epoch: 2, accuracy: 0.1 } };

describe('A checkpoint', () => {
  const folder = temporaryFolder();

  it('is read as it was saved, within an epoch and at the end of one', async () => {
    const path = folder.path('both');
    await saveCheckpoint(path, atEnd);
    await saveCheckpoint(path, within);
    assert.deepEqual(await readCheckpoint(`${path}/step-7.safetensors`), within);
    assert.deepEqual(await readCheckpoint(`${path}/epoch-2.safetensors`), atEnd);
    assert.equal(await readIdentity(`${path}/epoch-2.safetensors`), 'ab12');
  });

  it('is kept at the end of an epoch; of those within epochs only the newest is', async () => {
    const path = folder.path('kept');
    for (const step of [1, 2, 10]) await saveCheckpoint(path, { ...within, step });
    assert.deepEqual(await readdir(path), ['step-10.safetensors']);
    await saveCheckpoint(path, { ...atEnd, epochEnd: { epoch: 1, accuracy: 1 } });
    await saveCheckpoint(path, { ...within, step: 11 });
    await saveCheckpoint(path, atEnd);
    assert.deepEqual((await readdir(path)).sort(), ['epoch-1.safetensors', 'epoch-2.safetensors']);
    assert.deepEqual((await checkpointFiles(path)).map(({ epoch }) => epoch).sort(), [1, 2]);
    assert.deepEqual(await checkpointFiles(folder.path('nowhere')), []);
  });

  it('is refused with any one bit flipped, or cut anywhere', async () => {
    const path = folder.path('damaged');
    await saveCheckpoint(path, within);
    const file = `${path}/step-7.safetensors`;
    const whole = await readFile(file);
    for (let byte = 0; byte < whole.length; byte++) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(byte) ^ (1 << (byte % 8)), byte);
      await writeFile(file, flipped);
      await assert.rejects(readCheckpoint(file), Error, `bit ${byte % 8} of byte ${byte}`);
      await writeFile(file, whole.subarray(0, byte));
      await assert.rejects(readCheckpoint(file), Error, `cut at byte ${byte}`);
    }
  });
});
