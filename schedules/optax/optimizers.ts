import type { ArgumentsOf, OptaxFunction, Parameter } from './optaxFunction.ts';

/** An entry of this file; the types of its arguments come from its own parameter list. */
function defineFunction<const P extends readonly Parameter[]>(definition: {
  readonly name: string;
  readonly summary: string;
  readonly since?: string;
  readonly parameters: P;
}): OptaxFunction<ArgumentsOf<P>> {
  return { rules: [], ...definition };
}

const learningRate = {
  name: 'learning_rate',
  kind: 'learningRate',
  role: 'learning rate',
  summary: 'The rate, or the schedule that gives it: update i, from 0, uses the rate of step i.',
} as const;

const momentDecay = <const Name extends string, Default extends number>(
  name: Name,
  moment: string,
  value: Default,
) =>
  ({
    name,
    kind: 'number',
    role: 'moment decay',
    summary: `How much of the running mean of ${moment} a step keeps.`,
    default: value,
  }) as const;

const eps = {
  name: 'eps',
  kind: 'number',
  role: 'epsilon',
  summary: 'Added to the denominator, so that it is not 0.',
  default: 1e-8,
} as const;

const epsRoot = {
  name: 'eps_root',
  kind: 'number',
  role: 'epsilon',
  summary: 'Added under the square root; needed to differentiate through the update.',
  default: 0,
} as const;

const momentum = {
  name: 'momentum',
  kind: 'number',
  role: 'momentum',
  summary: 'How much of the last update a step keeps; None for no momentum.',
  default: null,
} as const;

const nesterov = {
  name: 'nesterov',
  kind: 'boolean',
  role: 'switch',
  summary: "Whether momentum is applied ahead of the gradient, in Nesterov's way.",
  default: false,
} as const;

const adamNesterov = { ...nesterov, keywordOnly: true, since: '0.1.9' } as const;

const weightDecay = {
  name: 'weight_decay',
  kind: 'number',
  role: 'weight decay',
  summary: 'How strongly the weights shrink; multiplied by the learning rate.',
} as const;

const unsupported = { kind: 'unsupported', role: 'other', default: null } as const;

const momentDtype = {
  ...unsupported,
  name: 'mu_dtype',
  summary: 'The dtype of the first moment; here always float32.',
} as const;

const mask = {
  ...unsupported,
  name: 'mask',
  summary: 'Which weights decay; here always all.',
} as const;

const adamMoments = [
  momentDecay('b1', 'the gradients', 0.9),
  momentDecay('b2', 'their squares', 0.999),
  eps,
  epsRoot,
  momentDtype,
] as const;

export const sgd = defineFunction({
  name: 'sgd',
  summary: 'Stochastic gradient descent, with momentum if wanted.',
  parameters: [
    learningRate,
    momentum,
    nesterov,
    {
      ...unsupported,
      name: 'accumulator_dtype',
      summary: 'The dtype of the momentum; here always float32.',
    },
  ],
});

export const adam = defineFunction({
  name: 'adam',
  summary: 'Steps along the running mean of the gradients over the root of that of their squares.',
  parameters: [learningRate, ...adamMoments, adamNesterov],
});

export const nadam = defineFunction({
  name: 'nadam',
  summary: 'Adam with Nesterov momentum.',
  since: '0.1.9',
  parameters: [learningRate, ...adamMoments, { ...adamNesterov, default: true }],
});

export const adamw = defineFunction({
  name: 'adamw',
  summary: 'Adam with weight decay apart from the gradient.',
  parameters: [learningRate, ...adamMoments, { ...weightDecay, default: 1e-4 }, mask, adamNesterov],
});

export const lion = defineFunction({
  name: 'lion',
  summary: 'Steps of equal size along the sign of the momentum; wants a smaller rate than Adam.',
  since: '0.1.5',
  parameters: [
    learningRate,
    momentDecay('b1', 'the gradients, for this update,', 0.9),
    momentDecay('b2', 'the gradients, for the next update,', 0.99),
    momentDtype,
    { ...weightDecay, default: 1e-3 },
    mask,
  ],
});

export const rmsprop = defineFunction({
  name: 'rmsprop',
  summary: 'Steps along the gradient over the root of the running mean of its squares.',
  parameters: [
    learningRate,
    momentDecay('decay', 'the squared gradients', 0.9),
    eps,
    {
      name: 'initial_scale',
      kind: 'number',
      role: 'accumulator',
      summary: 'The running mean of the squares before the first step (PyTorch: 0, TensorFlow: 1).',
      default: 0,
    },
    {
      name: 'eps_in_sqrt',
      kind: 'boolean',
      role: 'switch',
      summary: 'Whether eps is added under the square root; PyTorch adds it outside.',
      default: true,
      since: '0.2.4',
    },
    {
      name: 'centered',
      kind: 'boolean',
      role: 'switch',
      summary: 'Whether to divide by the standard deviation instead of the root mean square.',
      default: false,
    },
    momentum,
    nesterov,
    {
      name: 'bias_correction',
      kind: 'boolean',
      role: 'switch',
      summary: 'Whether the running means are corrected for where they began.',
      default: false,
      since: '0.2.4',
    },
  ],
});

export const adagrad = defineFunction({
  name: 'adagrad',
  summary: 'Steps along the gradient over the root of the sum of all its squares so far.',
  parameters: [
    learningRate,
    {
      name: 'initial_accumulator_value',
      kind: 'number',
      role: 'accumulator',
      summary: 'The sum of the squares before the first step.',
      default: 0.1,
    },
    { ...eps, default: 1e-7 },
  ],
});

/** The optimizers that a comparison can train with. */
export const optimizers: readonly OptaxFunction[] = [
  sgd,
  adam,
  adamw,
  nadam,
  lion,
  rmsprop,
  adagrad,
];

/** A transformation of the gradients, before the optimizer sees them. */
export const clipByGlobalNorm = defineFunction({
  name: 'clip_by_global_norm',
  summary: 'Scales the gradients down where their common norm is above a limit.',
  parameters: [
    {
      name: 'max_norm',
      kind: 'number',
      role: 'gradient norm',
      summary: 'The greatest Euclidean norm of all gradients together.',
    },
  ],
});
