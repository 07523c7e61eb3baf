import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { loadDataset } from '../../../runner/data/dataset.ts';
import { writeNoiseData } from '../../../runner/data/noiseData.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { childrenOf, remaining } from '../../support/processes.ts';
import { smallSettings } from '../../support/smallComparison.ts';
import { steeredRunners } from '../../support/steeredRunner.ts';
import { hasTestGpu, testGpu } from '../../support/testGpu.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const leftovers = async (): Promise<number> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('anneal-measurement-')).length;

describe('The measurement of an engine', function () {
  this.timeout(180_000);
  const runners = steeredRunners();
  const folder = temporaryFolder();
  const question = { type: 'measure', engine: 'wasm', settings: smallSettings } as const;

  it('tells steps a second of all workers, and the time of an evaluation', async () => {
    const runner = runners.start();
    const begin = performance.now();
    const before = await leftovers();
    const answer = await runner.ask({ ...question, data: await fashionMnistFolder() });
    const seconds = (performance.now() - begin) / 1000;
    assert.ok(answer.type === 'measureAnswer', JSON.stringify(answer));
    assert.equal(answer.engine, 'wasm');
    assert.match(answer.device, /^CPU/);
    // A batch of 32 on any computer, however busy.
    assert.ok(answer.stepsPerSecond > 0.1 && answer.stepsPerSecond < 10_000);
    assert.ok(answer.evaluationSeconds > 0.001 && answer.evaluationSeconds < seconds);
    assert.deepEqual(await remaining(await childrenOf(runner.child.pid!)), []);
    assert.equal(await leftovers(), before);
  });

  it('trains on noise where the data is not here yet', async () => {
    const nothing = folder.path('cache');
    const runner = runners.start({ env: { ANNEAL_CACHE: nothing } });
    const answer = await runner.ask(question);
    assert.ok(answer.type === 'measureAnswer' && answer.stepsPerSecond > 0.1);
  });

  it('is one of runs in lockstep where an engine trains so', async function () {
    if (!hasTestGpu) this.skip();
    const runner = runners.start({ env: await testGpu() });
    const settings = { ...smallSettings, batchSize: 8, testExamples: 8 };
    const data = await fashionMnistFolder();
    const answer = await runner.ask({ ...question, engine: 'webgpu', settings, data });
    assert.ok(answer.type === 'measureAnswer', JSON.stringify(answer));
    assert.ok(answer.stepsPerSecond > 0.1 && answer.evaluationSeconds > 0.001);
    assert.deepEqual(await remaining(await childrenOf(runner.child.pid!)), []);
  });

  it('ends with the program that asked for it', async () => {
    const runner = runners.start();
    void runner.ask({ ...question, data: await fashionMnistFolder() });
    let workers: readonly number[] = [];
    while (workers.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      workers = await childrenOf(runner.child.pid!);
    }
    runner.child.stdin.end();
    await runner.outcome;
    assert.deepEqual(await remaining(workers), []);
  });

  it('has noise in the form of the data, so that it is read as that is', async () => {
    const noise = await writeNoiseData(folder.path('noise'));
    const { train, test } = await loadDataset(noise, { verified: true });
    assert.deepEqual([train.count, test.count], [60_000, 10_000]);
    assert.deepEqual([...new Set(test.labels)].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.ok(new Set(train.images.subarray(0, 784)).size > 100);
  });
});
