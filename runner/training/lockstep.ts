import {
  gather,
  reshape,
  stack,
  tensor1d,
  tidy,
  dispose,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { TrainingState } from './loop.ts';
import { tensorOf } from './optimizers/tensors.ts';
import type { Parameters, Tensors } from './parameters.ts';

/*
 * Runs in lockstep stand at the same step and see the same batches; their tensors lie in stacks,
 * [runs, ...shape], so that one kernel serves all of them. A run alone is no stack. A scalar, such as
 * an optimizer's count of its steps, is the same for all and is kept once.
 */

/** How many runs a state is of. */
export const runsOf = ({ losses }: Pick<TrainingState, 'losses'>): number => losses.length;

/** Scalars are not. */
const isStacked = ({ rank }: Tensor): boolean => rank > 0;

/**
 * The states of runs as one; it takes their tensors.
 *
 * @throws RangeError where they do not stand at the same step.
 */
export function inLockstep(states: readonly TrainingState[]): TrainingState {
  const [first, ...others] = states;
  if (!first || others.some(({ step }) => step !== first.step)) {
    throw new RangeError('only runs at the same step are trained in lockstep');
  }
  if (others.length === 0) return first;
  const parameters = stacked(states.map((state) => state.parameters)) as Parameters;
  const optimizer = stacked(states.map((state) => state.optimizer));
  const losses = states.flatMap((state) => state.losses);
  const seconds = Math.max(...states.map((state) => state.seconds));
  return { ...first, parameters, optimizer, losses, seconds };
}

function stacked(all: readonly Tensors[]): Tensors {
  const [first = {}] = all;
  return replaced(all, () =>
    Object.keys(first).map((name) => {
      const tensors = all.map((each) => tensorOf(each, name));
      const tensor = tensorOf(first, name);
      return [name, isStacked(tensor) ? stack(tensors) : tensor.clone()];
    }),
  );
}

/** What a state has of some of its runs, in their order; the others' tensors are let go. */
export function only(state: TrainingState, runs: readonly number[]): TrainingState {
  const all = runsOf(state);
  if (runs.length === all) return state;
  return {
    ...state,
    parameters: chosen(state.parameters, runs),
    optimizer: chosen(state.optimizer, runs),
    losses: runs.map((run) => state.losses[run] ?? []),
  };
}

function chosen(tensors: Tensors, runs: readonly number[]): Tensors {
  return replaced([tensors], () =>
    Object.entries(tensors).map(([name, tensor]) => {
      if (!isStacked(tensor)) return [name, tensor.clone()];
      const some = gather(tensor, tensor1d([...runs], 'int32'));
      return [name, runs.length === 1 ? reshape(some, tensor.shape.slice(1)) : some];
    }),
  );
}

/** New tensors in the place of others, which are let go. */
function replaced(
  before: readonly Tensors[],
  make: () => readonly (readonly [string, Tensor])[],
): Tensors {
  const after = tidy(() => Object.fromEntries(make()));
  dispose([...before]);
  return after;
}
