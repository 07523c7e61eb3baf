import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { parameterShapes } from '../../../runner/training/parameters.ts';
import { anneal } from '../../support/anneal.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { constant, scheduleFile } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const testExamples = 256;
const script = fileURLToPath(new URL('../../fixtures/training/predict.py', import.meta.url));

/** A Python that has safetensors and Flax: `ANNEAL_PYTHON`, else the one on the PATH. */
const python = process.env['ANNEAL_PYTHON'] ?? 'python3';
const run = promisify(execFile);

describe('A checkpoint in Python', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  it('is loaded by safetensors and predicts in Flax what it predicted here', async function () {
    const hasPackages = await run(python, ['-c', 'import safetensors, flax']).then(
      () => true,
      () => false,
    );
    if (!hasPackages) return this.skip();
    const training = {
      train_examples: 1024,
      test_examples: testExamples,
      batch_size: 64,
      epochs: 1,
      optimizer: 'adam',
    };
    const text = scheduleFile({ training, schedules: [constant('run', 1e-3)] });
    await writeFile(folder.path('a.schedules.json'), text);
    const data = await fashionMnistFolder();
    const options = ['--engine', 'wasm', '--data', data, '--output', 'a'];
    const { code, stderr } = await anneal(['compare', 'a.schedules.json', ...options], {
      cwd: folder.path(),
    });
    assert.equal(code, 0, stderr);

    const paths = comparisonFolder(folder.path('a'));
    const checkpoint = `${paths.checkpoints('run')}/epoch-1.safetensors`;
    const { stdout } = await run(python, [script, checkpoint, data, String(testExamples)]);
    const { classes, metadata, optimizer } = JSON.parse(stdout) as {
      classes: number[];
      metadata: Record<string, string>;
      optimizer: Record<string, number[]>;
    };
    const predicted = await readFile(`${paths.predictions('run')}/epoch-1.u8`);
    // An image whose two best classes are within rounding of each other may fall either way.
    const same = classes.filter((label, i) => label === predicted[i]).length;
    assert.ok(same >= testExamples - 1, `${same} of ${testExamples}`);
    assert.ok(new Set(classes).size > 3, 'it has learned too little to tell');
    assert.equal(metadata['step'], '16');
    const moments = ['mu', 'nu'].flatMap((moment) =>
      Object.entries(parameterShapes).map(([name, shape]) => [
        `optimizer/${moment}/${name}`,
        [...shape],
      ]),
    );
    assert.deepEqual(optimizer, Object.fromEntries([['optimizer/count', []], ...moments]));
  });
});
