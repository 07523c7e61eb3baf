import type { Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../../protocol.ts';
import { clipByGlobalNorm } from '../../training/optimizers/clipByGlobalNorm.ts';
import { biasCorrection, nextCount, toCount } from '../../training/optimizers/moments.ts';
import { argumentReader, type ArgumentReader } from '../../training/optimizers/optimizer.ts';
import { tensorOf } from '../../training/optimizers/tensors.ts';
import type { Update } from '../../training/optimizers/update.ts';
import type { Kernel } from './kernels/kernel.ts';
import { threads, updateKernel, type UpdateRule } from './kernels/update.ts';
import { dispatch, real } from './operations.ts';

/** A rule with its arguments. */
interface Rule extends Omit<UpdateRule, 'scalars'> {
  /** Its numbers in the step of a count, from 1 on. */
  readonly scalars: (count: number) => Readonly<Record<string, number>>;
  /** Whether its state has a count, which is saved with it. */
  readonly counts: boolean;
}

/**
 * The update of an optimizer as one kernel for each tensor of weights, in place; undefined for those
 * that are left to tfjs's operations. State and figures are those of `createOptimizer`.
 */
export function updateOf(settings: OptimizerSettings): Update | undefined {
  const { name, args, clipByGlobalNorm: maxNorm } = settings;
  const rule = rules[name]?.(argumentReader(name, args));
  if (!rule) return undefined;
  const kernel = kept(updateKernel({ ...rule, scalars: Object.keys(rule.scalars(1)) }));
  return (unclipped, state, parameters, learningRate) => {
    const count = rule.counts ? nextCount(state) : 0;
    const scalars = [learningRate, ...Object.values(rule.scalars(count))].map(real);
    const context = { parameters, learningRate };
    const gradients =
      maxNorm === null
        ? unclipped
        : clipByGlobalNorm(maxNorm).update(unclipped, {}, context).updates;
    for (const [weights, parameter] of Object.entries<Tensor>(parameters)) {
      const accumulators = rule.accumulators.map((each) => tensorOf(state, `${each}/${weights}`));
      const tensors = [parameter, tensorOf(gradients, weights), ...accumulators];
      dispatch(kernel, [Math.ceil(parameter.size / threads)], tensors, scalars);
    }
    return { parameters, state: rule.counts ? { ...state, ...toCount(count) } : state };
  };
}

/** The kernel of a rule; another run with that rule finds it compiled. */
function kept(kernel: Kernel): Kernel {
  const before = kernels.get(kernel.code) ?? kernel;
  kernels.set(kernel.code, before);
  return before;
}

const kernels = new Map<string, Kernel>();

const rules: Readonly<Record<string, (args: ArgumentReader) => Rule>> = {
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
