// Computes each layer and its gradients by our kernels and by plain operations on tfjs's CPU back-end,
// and prints how far apart they are: the largest difference, relative to the largest value.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { portableLayers } from '../../../../runner/engines/portableLayers.ts';
import { webgpuLayers } from '../../../../runner/engines/webgpu/layers.ts';
import { openWebgpu } from '../../../../runner/engines/webgpu/opening.ts';
import type { Layers } from '../../../../runner/training/layers.ts';

export type Deviations = Readonly<Record<string, readonly number[]>>;

/** Not a multiple of anything that kernels have. */
const images = 3;

/** A layer's parameters, by their shapes, and the layer itself, weighted so that each output counts. */
interface Layer {
  readonly shapes: readonly (readonly number[])[];
  readonly apply: (layers: Layers, inputs: readonly tf.Tensor[]) => tf.Tensor;
}

const labels = [3, 0, 9];
const fixed = (layers: Layers): Tensor4D => layers.load(examples).batch(1, images).images;
const examples = {
  count: 5,
  images: Uint8Array.from({ length: 5 * 784 }, (_, i) => (i * i * 37) % 256),
  labels: Uint8Array.from([7, ...labels, 1]),
};

const layersTried: Readonly<Record<string, Layer>> = {
  'a batch of images': { shapes: [], apply: fixed },
  'a batch of labels': {
    shapes: [],
    apply: (layers) => tf.cast(layers.load(examples).batch(1, images).labels, 'float32'),
  },
  'the first convolution': {
    shapes: [[3, 3, 1, 32], [32]],
    apply: (layers, [kernel, bias]) =>
      layers.firstConvolution(fixed(layers), kernel as Tensor4D, bias as Tensor1D),
  },
  'a convolution': {
    shapes: [[images, 28, 28, 32], [3, 3, 32, 16], [16]],
    apply: (layers, [features, kernel, bias]) =>
      layers.convolution(features as Tensor4D, kernel as Tensor4D, bias as Tensor1D),
  },
  'a dense layer': {
    shapes: [[images, 12544], [12544, 10], [10]],
    apply: (layers, [features, kernel, bias]) =>
      layers.dense(features as Tensor2D, kernel as Tensor2D, bias as Tensor1D),
  },
  'the summed loss': {
    shapes: [[images, 10]],
    apply: (layers, [logits]) =>
      layers.loss(logits as Tensor2D, tf.tensor1d(labels, 'int32'), 'sum'),
  },
  'the mean loss': {
    shapes: [[images, 10]],
    apply: (layers, [logits]) =>
      layers.loss(logits as Tensor2D, tf.tensor1d(labels, 'int32'), 'mean'),
  },
};

/** The output and its gradients by all inputs; what is differentiated is a weighted sum of outputs. */
async function computed(name: string, layer: Layer, layers: Layers): Promise<Float32Array[]> {
  const inputs = layer.shapes.map((shape, i) =>
    tf.randomUniform([...shape], -0.5, 0.5, 'float32', i),
  );
  const output = layer.apply(layers, inputs);
  const isLoss = output.rank === 0;
  const weights = isLoss ? tf.scalar(1) : tf.randomUniform(output.shape, -1, 1, 'float32', 99);
  const gradients = name.startsWith('a batch')
    ? []
    : tf.grads((...values: tf.Tensor[]) => {
        const result = layer.apply(layers, values);
        return isLoss ? result : tf.sum(tf.mul(result, weights));
      })(inputs);
  return Promise.all([output, ...gradients].map((tensor) => tensor.data<'float32'>()));
}

const { device } = await openWebgpu();
const deviations: Record<string, readonly number[]> = { [device]: [] };
for (const [name, layer] of Object.entries(layersTried)) {
  const results = [];
  for (const [backend, layers] of [
    ['webgpu', webgpuLayers],
    ['cpu', portableLayers],
  ] as const) {
    await tf.setBackend(backend);
    results.push(await computed(name, layer, layers));
  }
  const [ours = [], plain = []] = results;
  deviations[name] = plain.map((expected, i) => {
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = expected.reduce(
      (most, value, j) => Math.max(most, Math.abs(value - (ours[i]?.[j] ?? NaN))),
      0,
    );
    return difference / largest;
  });
}
process.stdout.write(JSON.stringify(deviations), () => process.exit());
