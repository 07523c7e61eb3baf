import assert from 'node:assert/strict';
import { hasTestGpu } from '../../../support/testGpu.ts';
import { onTestGpu } from '../../../support/gpuProgram.ts';
import type { Deviations } from './layersBeside.ts';

/** How many figures are compared: the output, and a gradient for each input. */
const expected = {
  'a batch of images': 1,
  'a batch of labels': 1,
  'the first convolution': 3,
  'a convolution': 4,
  'a dense layer': 4,
  'the summed loss': 2,
  'the mean loss': 2,
};

describe("the webgpu engine's kernels", function () {
  this.timeout(300_000);
  let deviations: Deviations;

  before(async function () {
    if (!hasTestGpu) this.skip();
    deviations = await onTestGpu('test/runner/engines/webgpu/layersBeside.ts');
  });

  for (const [layer, figures] of Object.entries(expected)) {
    it(`give ${layer} and its gradients as plain operations do`, () => {
      const apart = deviations[layer]!;
      assert.equal(apart.length, figures);
      for (const deviation of apart) assert.ok(deviation < 2e-6, apart.join(', '));
    });
  }
});
