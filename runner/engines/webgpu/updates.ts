import type { Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../../protocol.ts';
import { clipByGlobalNorm } from '../../training/optimizers/clipByGlobalNorm.ts';
import { biasCorrection, nextCount, toCount } from '../../training/optimizers/moments.ts';
import { argumentReader, type ArgumentReader } from '../../training/optimizers/optimizer.ts';
import { tensorOf } from '../../training/optimizers/tensors.ts';
import type { Update } from '../../training/optimizers/update.ts';
import type { Tensors } from '../../training/parameters.ts';
import { sized, type Kernel } from './kernels/kernel.ts';
import { threads, updateKernel, type UpdateRule } from './kernels/update.ts';
import { fusedOptimizers, type FusedOptimizer } from './lockstep.ts';
import { dispatch, real, reals } from './operations.ts';

/** A rule with its arguments. */
interface Rule extends Omit<UpdateRule, 'scalars'> {
  /** Its numbers in the step of a count, from 1 on. */
  readonly scalars: (count: number) => Readonly<Record<string, number>>;
  /** Whether its state has a count, which is saved with it. */
  readonly counts: boolean;
}

/**
 * The update of an optimizer as one kernel for each tensor of weights, in place; undefined for those
 * that are left to tfjs's operations. State and figures are those of `createOptimizer`. Where the
 * tensors are stacks of several runs, each has its own learning rate.
 */
export function updateOf(settings: OptimizerSettings): Update | undefined {
  const { name, args, clipByGlobalNorm: maxNorm } = settings;
  const fused = fusedOptimizers.find((one) => one === name);
  if (!fused) return undefined;
  const rule = rules[fused](argumentReader(name, args));
  const names = Object.keys(rule.scalars(1));
  const kernelFor = sized((runs: number) => kept(updateKernel({ ...rule, scalars: names }, runs)));
  return (unclipped, state, parameters, learningRates) => {
    const runs = learningRates.length;
    const count = rule.counts ? nextCount(state) : 0;
    const scalars = [...reals(learningRates), ...Object.values(rule.scalars(count)).map(real)];
    const gradients = maxNorm === null ? unclipped : clipped(unclipped, maxNorm, parameters);
    for (const [weights, parameter] of Object.entries<Tensor>(parameters)) {
      const accumulators = rule.accumulators.map((each) => tensorOf(state, `${each}/${weights}`));
      const groups = [Math.ceil(parameter.size / runs / threads), runs] as const;
      const tensors = [parameter, tensorOf(gradients, weights), ...accumulators];
      dispatch(kernelFor(runs), groups, tensors, scalars);
    }
    return { parameters, state: rule.counts ? { ...state, ...toCount(count) } : state };
  };
}

/** The gradients of one run. */
function clipped(gradients: Tensors, maxNorm: number, parameters: Tensors): Tensors {
  return clipByGlobalNorm(maxNorm).update(gradients, {}, { parameters, learningRate: NaN }).updates;
}

/** The kernel of a rule; another run with that rule finds it compiled. */
function kept(kernel: Kernel): Kernel {
  const before = kernels.get(kernel.code) ?? kernel;
  kernels.set(kernel.code, before);
  return before;
}

const kernels = new Map<string, Kernel>();

const rules: Readonly<Record<FusedOptimizer, (args: ArgumentReader) => Rule>> = {
  sgd: (args) =>
    args.isNone('momentum')
      ? { accumulators: [], counts: false, scalars: () => ({}), code: 'u = g;' }
      : {
          accumulators: ['trace'],
          counts: false,
          scalars: () => ({ decay: args.number('momentum') }),
          code: `
            trace = g + s.decay * trace;
            u = ${args.flag('nesterov') ? 'g + s.decay * trace' : 'trace'};`,
        },
  adam: (args) => adam(args, 0),
  nadam: (args) => adam(args, 0),
  adamw: (args) => adam(args, args.number('weight_decay')),
  lion: ({ number }) => ({
    accumulators: ['mu'],
    counts: true,
    scalars: () => ({
      b1: number('b1'),
      b1Rest: 1 - number('b1'),
      b2: number('b2'),
      b2Rest: 1 - number('b2'),
      weightDecay: number('weight_decay'),
    }),
    code: `
      u = sign(s.b1Rest * g + s.b1 * mu) + s.weightDecay * p;
      mu = s.b2Rest * g + s.b2 * mu;`,
  }),
};

function adam({ number, flag }: ArgumentReader, weightDecay: number): Rule {
  const [b1, b2] = [number('b1'), number('b2')];
  return {
    accumulators: ['mu', 'nu'],
    counts: true,
    scalars: (count) => ({
      b1,
      b1Rest: 1 - b1,
      b2,
      b2Rest: 1 - b2,
      correction1: biasCorrection(b1, count),
      nextCorrection1: biasCorrection(b1, count + 1),
      correction2: biasCorrection(b2, count),
      eps: number('eps'),
      epsRoot: number('eps_root'),
      weightDecay,
    }),
    code: `
      mu = s.b1Rest * g + s.b1 * mu;
      nu = s.b2Rest * g * g + s.b2 * nu;
      let direction = ${
        flag('nesterov')
          ? 's.b1Rest * (g / s.correction1) + s.b1 * (mu / s.nextCorrection1)'
          : 'mu / s.correction1'
      };
      u = direction / (sqrt(nu / s.correction2 + s.epsRoot) + s.eps) + s.weightDecay * p;`,
  };
}
