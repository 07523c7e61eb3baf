import type { Machine } from '../machine/machine.ts';
import { unary } from '../values/operators.ts';
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

/**
 * The rate of a chain that ends in `scale(-1e-3)`: nothing else in it gives one, and a scale of 1
 * or -1 only turns the sign.
 */
function noteScale(machine: Machine, object: Transformation): void {
  const inside = object.parts.filter(
    (part): part is Transformation => isObject(part) && part.kind === 'transformation',
  );
  const isGiven = machine.journal.optimizerCalls.some((call) => inside.includes(call.object));
  if (isGiven) return;
  const scale = inside.findLast(({ name }) => name === 'scale');
  const step = scale?.args.positional[0] ?? scale?.args.keywords.get('step_size');
  if (!scale || step === undefined || step === null || (isObject(step) && !isUncertain(step)))
    return;
  const size = isUncertain(step) ? step : Math.abs(Number(step));
  if (size === 1) return;
  const rate: Value = isUncertain(size)
    ? size.kind === 'assumed'
      ? { ...size, value: unary('-', size.value) }
      : size
    : size;
  machine.journal.optimize(machine, {
    object,
    optimizer: 'scale',
    learningRate: rate,
    args: object.args,
    rateSpan: argumentSpan(scale.args.site, 0),
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
          if (name !== 'chain' && name !== 'named_chain') return;
          machine.journal.chains.push(object);
          noteScale(machine, object);
        }),
      ] as const,
  ),
]);
