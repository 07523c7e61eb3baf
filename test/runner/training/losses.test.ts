import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { PendingLosses } from '../../../runner/training/losses.ts';
import { turn } from '../../../runner/training/turn.ts';

describe('The losses of a run whose steps are slow', function () {
  this.timeout(20_000);

  before(async () => {
    const backend = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${dirname(backend)}/`);
    await tf.setBackend('wasm');
  });

  it('are reported a step or two after it, however the steps and their reading fall together', async () => {
    const pending = new PendingLosses(0, 1);
    const reported: number[] = [];
    for (let step = 0; step < 30; step++) {
      const end = performance.now() + 60;
      while (performance.now() < end);
      pending.add(tf.scalar(step));
      await turn();
      await pending.proceed();
      if (pending.isDue()) {
        const { losses, stepsPerSecond } = pending.report();
        reported.push(...(losses[0] ?? []));
        assert.ok(stepsPerSecond < 17, `${stepsPerSecond} steps/s`);
        await pending.untilDue();
      }
      assert.ok(step - reported.length < 2, `step ${step}: ${reported.length} are reported`);
    }
    await pending.drain();
    reported.push(...(pending.report().losses[0] ?? []));
    assert.deepEqual(
      reported,
      Array.from({ length: 30 }, (_, step) => step),
    );
  });
});
