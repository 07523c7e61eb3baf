// Makes the updates of Optax's golden cases on the GPU and prints what came out of them.
import * as tf from '@tensorflow/tfjs-core';
import { openWebgpu } from '../../../../runner/engines/webgpu/opening.ts';
import { updateOf } from '../../../../runner/engines/webgpu/updates.ts';
import {
  createOptimizer,
  type Optimizer,
} from '../../../../runner/training/optimizers/optimizer.ts';
import { mapTensors } from '../../../../runner/training/optimizers/tensors.ts';
import { updateWith, type Update } from '../../../../runner/training/optimizers/update.ts';
import type { Parameters, Tensors } from '../../../../runner/training/parameters.ts';
import { inLockstep } from '../../../../runner/training/lockstep.ts';
import { storedStates, type StoredState } from '../../../../runner/training/start.ts';
import { golden, type Values } from '../../training/optimizers/golden.ts';

export interface UpdatedCase {
  /** Whether one kernel makes the update of a tensor. */
  readonly isFused: boolean;
  /** Parameters after each step. */
  readonly parameters: readonly Values[];
  /** The optimizer's state at the end. */
  readonly state: Values;
  /** Of runs in lockstep, whether each gets what it gets alone; undefined where it is not one kernel. */
  readonly isSameInLockstep?: boolean;
}

/** More than what one vector of rates and one of tfjs's kernels can take. */
const manyRuns = 9;

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

/** Makes the updates of a case for many runs in lockstep, of which the first has other rates. */
async function isSameInLockstep(
  update: Update,
  optimizer: Optimizer,
  alone: Values | undefined,
): Promise<boolean> {
  const starts = Array.from({ length: manyRuns }, () => {
    const parameters = toTensors(golden.parameters) as Parameters;
    return { step: 0, parameters, optimizer: optimizer.init(parameters), losses: [[]], seconds: 0 };
  });
  let state = inLockstep(starts);
  for (const [step, gradients] of golden.gradients.entries()) {
    const rate = golden.learningRates[step] ?? NaN;
    const rates = starts.map((_, run) => (run === 0 ? rate / 2 : rate));
    const after = tf.tidy(() => {
      const all = starts.map(() => toTensors(gradients));
      const stacked = Object.fromEntries(
        Object.keys(gradients).map((name) => [name, tf.stack(all.map((one) => one[name]!))]),
      );
      return update(stacked, state.optimizer, state.parameters, rates);
    });
    state = { ...state, parameters: after.parameters, optimizer: after.state };
  }
  const [first, ...others] = await storedStates(state);
  const isLike = (stored: StoredState | undefined): boolean =>
    Object.entries(alone ?? {}).every(
      ([name, values]) => String(stored?.parameters[name]?.values) === String(values),
    );
  return !isLike(first) && others.every(isLike);
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
  const isFused = fused !== undefined;
  const isStackable = isFused && clipByGlobalNorm === null;
  cases.push({
    ...{ isFused, parameters: steps, state: await valuesOf(state) },
    ...(isStackable && {
      isSameInLockstep: await isSameInLockstep(fused, optimizer, steps.at(-1)),
    }),
  });
}
process.stdout.write(JSON.stringify(cases), () => process.exit());
