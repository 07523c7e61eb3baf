import assert from 'node:assert/strict';
import { onTestGpu } from '../../../support/gpuProgram.ts';
import { hasTestGpu } from '../../../support/testGpu.ts';
import type { QueuedSteps } from './queuedSteps.ts';

describe('A step on the GPU', function () {
  this.timeout(120_000);

  before(function () {
    if (!hasTestGpu) this.skip();
  });

  it('makes nothing anew that a step before it has made, alone and in lockstep', async () => {
    const queued = await onTestGpu<QueuedSteps>('test/runner/engines/webgpu/queuedSteps.ts');
    for (const { made } of [queued.alone, queued.inLockstep]) {
      const { createBindGroup = 0, ...others } = made;
      assert.deepEqual(others, {});
      // A loss waits in one of many places until it is read.
      assert.ok(createBindGroup < 0.3, `${createBindGroup} bind groups a step`);
    }
    // 14 runs are queued as fast as one, but for noise.
    const { alone, inLockstep } = queued;
    const each = inLockstep.milliseconds / inLockstep.runs;
    assert.ok(each < alone.milliseconds / 4, `${each} ms a run, ${alone.milliseconds} alone`);
  });
});
