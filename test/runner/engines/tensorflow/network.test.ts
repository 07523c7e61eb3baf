import assert from 'node:assert/strict';
import type { Worker } from '../../../../runner/comparison/worker.ts';
import { shortTraining, workerOf } from '../../../support/shortTraining.ts';

const rates = [1e-3, 2e-3, 3e-3, 2e-3, 1e-3];
const sgd = { name: 'sgd', args: { momentum: 0.9, nesterov: false }, clipByGlobalNorm: null };

describe('A batch on the CPU', function () {
  this.timeout(120_000);
  let inParts: Worker | undefined;
  let whole: Worker | undefined;

  before(async function () {
    inParts = await workerOf('tensorflow');
    whole = await workerOf('tensorflow', { ANNEAL_NETWORK: 'stock' });
    if (!inParts || !whole) this.skip();
  });

  after(() => {
    inParts?.end();
    whole?.end();
  });

  for (const lossReduction of ['sum', 'mean'] as const) {
    it(`has the ${lossReduction} of its losses, and their gradients, whatever its size`, async () => {
      // The last of the batches has 98 images.
      const settings = { batchSize: 150, trainExamples: 698, testExamples: 700 };
      const training = { ...settings, optimizer: sgd, lossReduction };
      const ours = await shortTraining(inParts!, rates, training);
      const stock = await shortTraining(whole!, rates, training);
      assert.equal(ours.losses.length, 5);
      for (const [step, loss] of ours.losses.entries()) {
        const deviation = Math.abs(loss / stock.losses[step]! - 1);
        assert.ok(deviation < 1e-4, `step ${step}: ${loss} instead of ${stock.losses[step]}`);
      }
      assert.ok(Math.abs(ours.accuracy - stock.accuracy) < 1.5 / 700);
    });
  }
});
