import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type { Network } from '../../../training/network.ts';
import { parameterNames, type Parameters } from '../../../training/parameters.ts';
import { hostExamples } from '../../hostExamples.ts';
import { asked, cnnGraph, given } from './cnnGraph.ts';
import { savedModel, servingTag } from './savedModel.ts';

/**
 * So many images for each thread go through the graph at a time: what a layer makes of them is still
 * in a core's caches when the next one reads it. A larger batch is the sum of such parts.
 */
const partPerThread = 64;

/**
 * The network as one graph, on the CPU: operations that are called one by one cannot be made one, and
 * write each of their results to memory of its own. To be called after the back-end is ready.
 *
 * @param threads that TensorFlow computes with.
 */
export async function graphNetwork(threads: number): Promise<Network> {
  const partSize = partPerThread * threads;
  const run = await loadGraph();

  return {
    load: hostExamples,

    logits(parameters, images) {
      const parts = partsOf(images.shape[0], partSize).map(({ first, size }) => {
        const part = { [given.images]: tf.slice(images, first, size) };
        return run({ ...parameters, ...part }, [asked.logits])[asked.logits] as Tensor2D;
      });
      return tf.concat(parts, 0);
    },

    lossAndGradients(parameters, { images, labels }, reduction) {
      const count = images.shape[0];
      const weight = tf.scalar(reduction === 'sum' ? 1 : 1 / count);
      const outputs = [asked.loss, ...parameterNames.map(asked.gradient)];
      const parts = partsOf(count, partSize).map(({ first, size }) => {
        const part = {
          [given.images]: tf.slice(images, first, size),
          [given.labels]: tf.slice(labels, first, size),
          [given.weight]: weight,
        };
        return run({ ...parameters, ...part }, outputs);
      });
      const total = (name: (typeof outputs)[number]) => tf.addN(parts.map((part) => part[name]));
      const gradients = parameterNames.map((name) => [name, total(asked.gradient(name))]);
      return {
        loss: total(asked.loss) as Scalar,
        gradients: Object.fromEntries(gradients) as Parameters,
      };
    },
  };
}

interface Part {
  /** Its first example. */
  readonly first: number;
  readonly size: number;
}

const partsOf = (count: number, partSize: number): readonly Part[] =>
  Array.from({ length: Math.ceil(count / partSize) }, (_, i) => {
    const first = i * partSize;
    return { first, size: Math.min(partSize, count - first) };
  });

/** Computes outputs of the graph from what it is given, both by name. */
type Run = <Name extends string>(
  inputs: Readonly<Record<string, Tensor>>,
  outputs: readonly Name[],
) => Readonly<Record<Name, Tensor>>;

async function loadGraph(): Promise<Run> {
  const tensorflow = tf.backend() as NodeJSKernelBackend;
  const folder = await mkdtemp(join(tmpdir(), 'anneal-graph-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), savedModel(cnnGraph()));
    const graph = tensorflow.loadSavedModelMetaGraph(folder, servingTag);
    return <Name extends string>(
      inputs: Readonly<Record<string, Tensor>>,
      outputs: readonly Name[],
    ) => {
      const tensors = tensorflow.runSavedModel(
        graph,
        Object.values(inputs),
        Object.keys(inputs).map((name) => ({ name: `${name}:0`, dtype: 'float32' })),
        outputs.map((name) => `${name}:0`),
      );
      const byName = outputs.map((name, i) => [name, tensors[i]]);
      return Object.fromEntries(byName) as Record<Name, Tensor>;
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
