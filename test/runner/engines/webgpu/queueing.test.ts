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
    const encoders = queued.alone.made['createCommandEncoder'];
    for (const { made } of [queued.alone, queued.inLockstep]) {
      const { createBindGroup = 0, createCommandEncoder, ...others } = made;
      assert.deepEqual(others, {});
      assert.equal(createCommandEncoder, encoders, 'as much is queued for 14 runs as for one');
      // A loss waits in one of many places until it is read.
      assert.ok(createBindGroup < 0.3, `${createBindGroup} bind groups a step`);
    }
  });
});
