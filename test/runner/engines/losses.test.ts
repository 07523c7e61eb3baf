import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorker, type Worker } from '../../../runner/comparison/worker.ts';
import { findEngine } from '../../../runner/engines/engines.ts';
import goldens from '../../fixtures/training/losses.json' with { type: 'json' };
import { setEnvironment } from '../../support/environment.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { hasTestGpu, testGpu } from '../../support/testGpu.ts';

const { batchSize, trainExamples, testExamples, cases } = goldens;

for (const name of ['tensorflow', 'webgpu', 'wasm'] as const) {
  describe(`the ${name} engine`, function () {
    this.timeout(600_000);
    let worker: Worker | undefined;
    let folder = '';
    let restore = (): void => undefined;

    before(async function () {
      const engine = await findEngine(name);
      if (engine.state === 'missing') {
        // Set-up installs it wherever it can be had; elsewhere there is nothing to test.
        assert.ok(process.platform !== 'linux', `${engine.why} ${engine.howToGet}`);
        this.skip();
      }
      if (name === 'webgpu') {
        if (!hasTestGpu) this.skip();
        restore = setEnvironment(await testGpu());
      }
      worker = await startWorker(engine.program, 2);
      folder = await mkdtemp(join(tmpdir(), 'anneal-losses-'));
    });

    after(async () => {
      worker?.end();
      restore();
      if (folder !== '') await rm(folder, { recursive: true });
    });

    for (const golden of cases) {
      const { optimizer, args, lossReduction } = golden;
      it(`trains with ${optimizer} on the ${lossReduction} as JAX and Flax do, step by step`, async () => {
        const losses: number[] = [];
        let accuracy = NaN;
        const end = await worker!.train(
          {
            type: 'train',
            run: 'golden',
            learningRates: Float32Array.from(golden.learningRates),
            settings: {
              epochs: 1,
              batchSize,
              trainExamples,
              testExamples,
              seed: 0,
              shuffle: false,
              lossReduction: lossReduction as 'sum' | 'mean',
              optimizer: { name: optimizer, args, clipByGlobalNorm: null },
            },
            dataFolder: await fashionMnistFolder(),
            checkpointFolder: join(folder, 'checkpoints'),
            predictionFolder: join(folder, 'predictions'),
            checkpointSeconds: 60,
            identities: [],
            engines: [],
          },
          300,
          (message) => {
            if (message.type === 'steps') losses.push(...message.losses);
            if (message.type === 'epoch') accuracy = message.accuracy;
          },
        );

        assert.deepEqual(end, { type: 'completed' });
        assert.equal(losses.length, golden.losses.length);
        golden.losses.forEach((expected, step) => {
          const deviation = Math.abs(losses[step]! / expected - 1);
          assert.ok(deviation < 1e-4, `step ${step}: ${losses[step]} instead of ${expected}`);
        });
        // A test image whose two best classes are within rounding of each other may fall either way.
        assert.ok(Math.abs(accuracy - golden.accuracy) <= 1.5 / testExamples, String(accuracy));
        assert.deepEqual(await readdir(join(folder, 'checkpoints')), ['epoch-1.safetensors']);
      });
    }
  });
}
