// Makes the updates of Optax's golden cases on the GPU and prints what came out of them.
import * as tf from '@tensorflow/tfjs-core';
import { openWebgpu } from '../../../../runner/engines/webgpu/opening.ts';
import { updateOf } from '../../../../runner/engines/webgpu/updates.ts';
import { createOptimizer } from '../../../../runner/training/optimizers/optimizer.ts';
import { mapTensors } from '../../../../runner/training/optimizers/tensors.ts';
import { updateWith } from '../../../../runner/training/optimizers/update.ts';
import type { Tensors } from '../../../../runner/training/parameters.ts';
import { golden, type Values } from '../../training/optimizers/golden.ts';

export interface UpdatedCase {
  /** Whether one kernel makes the update of a tensor. */
  readonly isFused: boolean;
  /** Parameters after each step. */
  readonly parameters: readonly Values[];
  /** The optimizer's state at the end. */
  readonly state: Values;
}

const toTensors = (values: Values): Tensors =>
  Object.fromEntries(
    Object.entries(values).map(([name, list]) => [name, tf.tensor([...list], golden.shapes[name])]),
  );

async function valuesOf(tensors: Tensors): Promise<Values> {
  const entries = Object.entries(tensors).map(async ([name, tensor]) => {
    return [name, Array.from(await tensor.data())] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

await openWebgpu();
const cases: UpdatedCase[] = [];
for (const { name, defaults, args, clipByGlobalNorm } of golden.cases) {
  const settings = { name, args: { ...defaults, ...args }, clipByGlobalNorm };
  const optimizer = createOptimizer(settings);
  const fused = updateOf(settings);
  const update = fused ?? updateWith(optimizer);
  let parameters = toTensors(golden.parameters);
  let state = optimizer.init(parameters);
  const steps = [];
  for (const [step, gradients] of golden.gradients.entries()) {
    const rate = golden.learningRates[step] ?? NaN;
    const after = tf.tidy(() => {
      const made = update(toTensors(gradients), state, parameters, [rate]);
      // A copy of what is not written in place, so that no step sees a tensor of the one before.
      return fused ? made : { ...made, state: mapTensors(made.state, (tensor) => tensor.clone()) };
    });
    ({ parameters, state } = after);
    steps.push(await valuesOf(parameters));
  }
  cases.push({ isFused: fused !== undefined, parameters: steps, state: await valuesOf(state) });
}
process.stdout.write(JSON.stringify(cases), () => process.exit());
