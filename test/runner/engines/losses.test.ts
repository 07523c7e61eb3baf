import assert from 'node:assert/strict';
import type { Worker } from '../../../runner/comparison/worker.ts';
import type { EngineName } from '../../../runner/engines/engines.ts';
import goldens from '../../fixtures/training/losses.json' with { type: 'json' };
import { shortTraining, workerOf } from '../../support/shortTraining.ts';
import { hasTestGpu, testGpu } from '../../support/testGpu.ts';

const { batchSize, trainExamples, testExamples, cases } = goldens;

const engines: readonly (readonly [what: string, EngineName, Record<string, string>])[] = [
  ['the tensorflow engine', 'tensorflow', {}],
  ['the tensorflow engine as it computes on a GPU', 'tensorflow', { ANNEAL_NETWORK: 'layers' }],
  ['the webgpu engine', 'webgpu', {}],
  ['the wasm engine', 'wasm', {}],
];

for (const [what, name, environment] of engines) {
  describe(what, function () {
    this.timeout(600_000);
    let worker: Worker | undefined;

    before(async function () {
      if (name === 'webgpu' && !hasTestGpu) this.skip();
      const gpu = name === 'webgpu' ? await testGpu() : {};
      worker = await workerOf(name, { ...environment, ...gpu });
      if (!worker) this.skip();
    });

    after(() => worker?.end());

    for (const golden of cases) {
      const { optimizer, args, lossReduction } = golden;
      it(`trains with ${optimizer} on the ${lossReduction} as JAX and Flax do, step by step`, async () => {
        const { losses, accuracy } = await shortTraining(worker!, golden.learningRates, {
          ...{ batchSize, trainExamples, testExamples },
          lossReduction: lossReduction as 'sum' | 'mean',
          optimizer: { name: optimizer, args, clipByGlobalNorm: null },
        });

        assert.equal(losses.length, golden.losses.length);
        golden.losses.forEach((expected, step) => {
          const deviation = Math.abs(losses[step]! / expected - 1);
          assert.ok(deviation < 1e-4, `step ${step}: ${losses[step]} instead of ${expected}`);
        });
        // A test image whose two best classes are within rounding of each other may fall either way.
        assert.ok(Math.abs(accuracy - golden.accuracy) <= 1.5 / testExamples, String(accuracy));
      });
    }
  });
}
