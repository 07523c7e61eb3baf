import { tensor } from '@tensorflow/tfjs-core';
import { initialParameters } from './initialization.ts';
import { runsOf } from './lockstep.ts';
import type { TrainingState } from './loop.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { parameterNames, parameterShapes, type Parameters, type Tensors } from './parameters.ts';
import type { StoredTensor } from './safetensors.ts';
import { keyFromSeed, randomBits } from './threefry.ts';

/** Moves every starting weight by a random part of itself, at most `size`: shows what is chaotic. */
export interface Perturbation {
  readonly size: number;
  readonly seed: number;
}

/** The state before the first step: the same weights for every run of a seed. */
export function startingState(
  seed: number,
  optimizer: Optimizer,
  perturbation?: Perturbation,
): TrainingState {
  const weights = initialParameters(seed);
  const parameters = Object.fromEntries(
    parameterNames.map((name) => {
      const values = perturbation ? perturbed(weights[name], perturbation) : weights[name];
      return [name, tensor(values, [...parameterShapes[name]])];
    }),
  ) as unknown as Parameters;
  return { step: 0, parameters, optimizer: optimizer.init(parameters), losses: [[]], seconds: 0 };
}

/** A training state off the device. */
export interface StoredState {
  /** Optimizer steps done. */
  readonly step: number;
  /** Batch losses of the epoch that has begun. */
  readonly losses: readonly number[];
  /** Seconds spent in that epoch. */
  readonly seconds: number;
  /** Parameters under Flax's names. */
  readonly parameters: Readonly<Record<string, StoredTensor>>;
  /** The optimizer's state under Optax's names. */
  readonly optimizer: Readonly<Record<string, StoredTensor>>;
}

/** Takes the states of runs in lockstep off the device; waits for what is computed there. */
export async function storedStates(state: TrainingState): Promise<readonly StoredState[]> {
  const { step, seconds } = state;
  const [parameters, optimizer] = await Promise.all([
    storedTensors(state.parameters),
    storedTensors(state.optimizer),
  ]);
  const runs = runsOf(state);
  return state.losses.map((losses, run) => ({
    ...{ step, losses, seconds },
    parameters: tensorsOfRun(parameters, run, runs),
    optimizer: tensorsOfRun(optimizer, run, runs),
  }));
}

async function storedTensors(tensors: Tensors): Promise<Record<string, StoredTensor>> {
  const entries = Object.entries(tensors).map(async ([name, value]) => {
    const values = await value.data<'float32' | 'int32'>();
    return [name, { shape: value.shape, values }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** What stacks have of a run. */
function tensorsOfRun(
  stacks: Readonly<Record<string, StoredTensor>>,
  run: number,
  runs: number,
): Readonly<Record<string, StoredTensor>> {
  if (runs === 1) return stacks;
  const entries = Object.entries(stacks).map(([name, { shape, values }]) => {
    if (shape.length === 0) return [name, { shape, values }];
    const size = values.length / runs;
    return [name, { shape: shape.slice(1), values: values.subarray(run * size, (run + 1) * size) }];
  });
  return Object.fromEntries(entries) as Record<string, StoredTensor>;
}

/** Puts a state on the device again. */
export function restoredState(stored: StoredState): TrainingState {
  const { step, losses, seconds } = stored;
  const parameters = restoredTensors(stored.parameters);
  const optimizer = restoredTensors(stored.optimizer);
  return { step, losses: [losses], seconds, parameters, optimizer };
}

function restoredTensors(tensors: StoredState['parameters']): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { values, shape }]) => [name, tensor(values, [...shape])]),
  );
}

function perturbed(weights: Float32Array, { size, seed }: Perturbation): Float32Array {
  const bits = randomBits(keyFromSeed(seed), weights.length);
  return weights.map((weight, i) => weight * (1 + size * ((bits[i] ?? 0) / 2 ** 31 - 1)));
}
