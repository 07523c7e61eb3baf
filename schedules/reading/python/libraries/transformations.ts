import { alternatives } from '../machine/forks.ts';
import type { Machine } from '../machine/machine.ts';
import { isNumeric, toNumber } from '../values/conversion.ts';
import {
  argumentSpan,
  isObject,
  isUncertain,
  type CallArguments,
  type NativeFunction,
  type Transformation,
  type Value,
} from '../values/value.ts';

/**
 * Optimizers of Optax by their name, with the parameter that is the learning rate: the first one
 * of nearly all. Source: the public names of Optax 0.2.8.
 */
const learningRateOf: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['adabelief', 'adadelta', 'adafactor', 'adagrad', 'adam', 'adamax', 'adamaxw', 'adamw'],
    ...['adan', 'amsgrad', 'dpsgd', 'fromage', 'lamb', 'lars', 'lbfgs', 'lion', 'nadam', 'nadamw'],
    ...[
      'noisy_sgd',
      'novograd',
      'optimistic_adam',
      'optimistic_adam_v2',
      'radam',
      'rmsprop',
      'rprop',
      'sgd',
      'sign_sgd',
      'sm3',
      'yogi',
    ],
    ...['optimistic_gradient_descent', 'scale_by_learning_rate'],
    ...[
      'acprop',
      'ademamix',
      'simplified_ademamix',
      'cocob',
      'dadapt_adamw',
      'dog',
      'dowg',
      'mechanize',
      'momo',
      'momo_adam',
      'muon',
      'prodigy',
      'sophia',
    ],
  ].map((name) => [name, 'learning_rate']),
);

/** What else is given a rate, and under which name. */
const otherRates: Readonly<Record<string, readonly [parameter: string, position: number]>> = {
  scale_by_schedule: ['step_size_fn', 0],
  polyak_sgd: ['max_learning_rate', 0],
  schedule_free: ['learning_rate', 1],
};

/** Parts of an optimizer that have no rate of their own, but may hold what has one. */
const wrappers: readonly string[] = [
  ...[
    'chain',
    'named_chain',
    'masked',
    'multi_transform',
    'partition',
    'MultiSteps',
    'apply_if_finite',
  ],
  ...[
    'lookahead',
    'flatten',
    'maybe_update',
    'apply_every',
    'conditionally_mask',
    'conditionally_transform',
  ],
  ...[
    'clip',
    'clip_by_global_norm',
    'adaptive_grad_clip',
    'clip_by_block_rms',
    'add_decayed_weights',
  ],
  ...[
    'scale',
    'scale_by_adam',
    'scale_by_rms',
    'scale_by_lion',
    'scale_by_trust_ratio',
    'scale_by_belief',
  ],
  ...['scale_by_amsgrad', 'scale_by_adan', 'scale_by_radam', 'scale_by_yogi', 'scale_by_novograd'],
  ...[
    'scale_by_stddev',
    'scale_by_rss',
    'scale_by_factored_rms',
    'scale_by_param_block_rms',
    'scale_by_sm3',
  ],
  ...[
    'trace',
    'ema',
    'identity',
    'set_to_zero',
    'add_noise',
    'centralize',
    'zero_nans',
    'keep_params_nonnegative',
  ],
  ...[
    'skip_not_finite',
    'reduce_on_plateau',
    'schedule_free_adamw',
    'schedule_free_sgd',
    'with_extra_args_support',
  ],
];

/** Those of them that make other optimizers of what they hold. */
const modifiers: readonly string[] = [
  ...['MultiSteps', 'masked', 'multi_transform', 'partition', 'lookahead', 'maybe_update'],
  ...['conditionally_mask', 'conditionally_transform'],
];

function optimizer(name: string, parameter: string, position: number): NativeFunction {
  return transformation(name, (machine, object, args) => {
    const rate = args.keywords.get(parameter) ?? args.positional[position];
    // `adadelta()` and the like have a rate of their own.
    if (rate === undefined || rate === null) return;
    machine.journal.optimize(machine, {
      object,
      optimizer: name,
      learningRate: rate,
      args,
      rateSpan: argumentSpan(args.site, parameter) ?? argumentSpan(args.site, position),
    });
  });
}

function transformation(
  name: string,
  note: (machine: Machine, object: Transformation, args: CallArguments) => void,
): NativeFunction {
  return {
    kind: 'native',
    name,
    call(args, machine) {
      const parts = [...args.positional, ...args.keywords.values()];
      const object: Transformation = { kind: 'transformation', name, parts, args };
      note(machine, object, args);
      return object;
    },
  };
}

/** The rates in a chain that are written as `scale(-1e-3)`; 1 and -1 only turn the sign. */
function noteScales(machine: Machine, chain: Transformation): void {
  const { optimizerCalls } = machine.journal;
  for (const object of chain.parts.flatMap(scalesOf)) {
    const { positional, keywords, site } = object.args;
    const step = positional[0] ?? keywords.get('step_size') ?? null;
    const isRate = isUncertain(step) || (isNumeric(step) && Math.abs(toNumber(step)) !== 1);
    // A scale may be a part of several chains.
    if (!isRate || optimizerCalls.some((call) => call.object === object)) continue;
    const rateSpan = argumentSpan(site, 'step_size') ?? argumentSpan(site, 0);
    machine.journal.optimize(machine, {
      ...{ object, optimizer: 'scale', learningRate: step, args: chain.args, rateSpan },
    });
  }
}

/** The scales that a part of a chain may be; one of a `named_chain` is given with its name. */
function scalesOf(part: Value): readonly Transformation[] {
  return alternatives(part).flatMap(({ value }) => {
    const [, named = value] = isObject(value) && value.kind === 'tuple' ? value.items : [];
    return isObject(named) && named.kind === 'transformation' && named.name === 'scale'
      ? [named]
      : [];
  });
}

export const transformations: ReadonlyMap<string, NativeFunction> = new Map([
  ...Object.entries(learningRateOf).map(
    ([name, parameter]) => [name, optimizer(name, parameter, 0)] as const,
  ),
  ...Object.entries(otherRates).map(
    ([name, [parameter, position]]) => [name, optimizer(name, parameter, position)] as const,
  ),
  ...wrappers.map(
    (name) =>
      [
        name,
        transformation(name, (machine, object) => {
          if (modifiers.includes(name)) machine.journal.modifiers.push(object);
          if (name !== 'chain' && name !== 'named_chain') return;
          machine.journal.chains.push(object);
          noteScales(machine, object);
        }),
      ] as const,
  ),
]);
