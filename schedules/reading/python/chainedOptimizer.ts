import type { OptimizerChoice } from '../reading.ts';
import type { ChainPart } from './chains.ts';
import { optimizerChoice, plainOf } from './optimizerChoice.ts';
import { firstGiven, type CallArguments, type Transformation, type Value } from './values/value.ts';

/** What an optimizer does to the gradients before they are multiplied by its rate. */
interface Heart {
  readonly optimizer: string;
  /** Its parameters in their order, by the names that they have in the optimizer. */
  readonly parameters: readonly string[];
  /** What the optimizer has by default, and its heart has not. */
  readonly without?: Readonly<Record<string, number>>;
}

/** Source: `alias.py` of Optax 0.2.8, which makes the optimizers of these. */
const hearts: Readonly<Partial<Record<string, Heart>>> = {
  scale_by_adam: { optimizer: 'adam', parameters: ['b1', 'b2', 'eps', 'eps_root'] },
  scale_by_lion: {
    optimizer: 'lion',
    parameters: ['b1', 'b2'],
    without: { weight_decay: 0 },
  },
  scale_by_rms: {
    optimizer: 'rmsprop',
    parameters: ['decay', 'eps', 'initial_scale', 'eps_in_sqrt', 'bias_correction'],
  },
  scale_by_rss: { optimizer: 'adagrad', parameters: ['initial_accumulator_value', 'eps'] },
};

const rates = new Set(['scale_by_schedule', 'scale_by_learning_rate']);
/** What changes nothing as long as all gradients are finite. */
const neutral = new Set(['identity', 'zero_nans']);

/**
 * The optimizer that a chain amounts to: one of those that comparisons have, with every rate of the
 * chain multiplied into one; undefined where any part makes it another one.
 */
export function chainedOptimizer(parts: readonly ChainPart[]): OptimizerChoice | undefined {
  let found: OptimizerChoice | undefined;
  let isScaled = false;
  for (const part of parts) {
    if (!part) return undefined;
    if (isNeutral(part)) continue;
    if (part.name === 'clip_by_global_norm') {
      // What is clipped behind the optimizer is its update, not the gradient.
      if (found || isScaled) return undefined;
    } else if (isRate(part)) {
      if (isScaled && hasScaledMomentum(found) && part.name !== 'scale') return undefined;
      isScaled = true;
    } else if (part.name === 'add_decayed_weights') {
      found = isScaled ? undefined : withDecay(found, part.args);
      if (!found) return undefined;
    } else {
      if (found || isScaled) return undefined;
      found = heartOf(part);
      // An optimizer has its rate in it.
      isScaled = found?.name === part.name;
      if (!found) return undefined;
    }
  }
  return found ?? optimizerChoice('sgd', noArguments);
}

const noArguments: CallArguments = { positional: [], keywords: new Map() };

function isNeutral({ name, args }: Transformation): boolean {
  if (name === 'add_decayed_weights') return decayOf(args) === 0;
  // `scale(-1)` turns the sign alone.
  return neutral.has(name) || (name === 'scale' && Math.abs(scaleOf(args) ?? 0) === 1);
}

function scaleOf(args: CallArguments): number | undefined {
  const size = plainOf(argument(args, 'step_size', 0));
  return typeof size === 'number' ? size : undefined;
}

/** Whether a part does nothing but multiply by a rate, as `sgd` without momentum does. */
function isRate({ name, args }: Transformation): boolean {
  if (name === 'sgd') return optimizerChoice(name, args)?.args['momentum'] === null;
  return name === 'scale' ? scaleOf(args) !== undefined : rates.has(name);
}

/** Momentum over updates that have their rates already: a later rate is no factor of these. */
function hasScaledMomentum(optimizer: OptimizerChoice | undefined): boolean {
  return optimizer?.name === 'rmsprop' && optimizer.args['momentum'] !== null;
}

function heartOf({ name, args }: Transformation): OptimizerChoice | undefined {
  if (name === 'trace') return momentum(args);
  const heart = hearts[name];
  if (!heart) return optimizerChoice(name, args);
  const { optimizer, parameters, without = {} } = heart;
  // One by a new kind of arithmetic, such as Lion's other modes, is another optimizer.
  if (args.keywords.has('mode')) return undefined;
  const byName = parameters.flatMap((parameter, i) => {
    const value = argument(args, parameter, i);
    return value === undefined ? [] : [[parameter, value] as const];
  });
  const keywords = new Map<string, Value>([
    ...Object.entries(without),
    ...args.keywords,
    ...byName,
  ]);
  return optimizerChoice(optimizer, { positional: [], keywords });
}

/** `trace(decay)` is the momentum of `sgd`. */
function momentum(args: CallArguments): OptimizerChoice | undefined {
  const decay = argument(args, 'decay', 0);
  if (decay === undefined || plainOf(decay) === undefined) return undefined;
  const keywords = new Map<string, Value>([
    ['momentum', decay],
    ['nesterov', argument(args, 'nesterov', 1) ?? false],
  ]);
  return optimizerChoice('sgd', { positional: [], keywords });
}

/** Adam or Lion with weights that decay apart from the gradient: all of them, by a known factor. */
function withDecay(
  optimizer: OptimizerChoice | undefined,
  args: CallArguments,
): OptimizerChoice | undefined {
  const decay = decayOf(args);
  const mask = argument(args, 'mask', 1) ?? null;
  if (!optimizer || decay === undefined || mask !== null) return undefined;
  const isAdam = optimizer.name === 'adam';
  const isLion = optimizer.name === 'lion' && optimizer.args['weight_decay'] === 0;
  if (!isAdam && !isLion) return undefined;
  const name = isAdam ? 'adamw' : 'lion';
  return { name, args: { ...optimizer.args, weight_decay: decay } };
}

function decayOf(args: CallArguments): number | undefined {
  const decay = plainOf(argument(args, 'weight_decay', 0) ?? 0);
  return typeof decay === 'number' ? decay : undefined;
}

const argument = (
  { keywords, positional }: CallArguments,
  name: string,
  position: number,
): Value | undefined => firstGiven(keywords.get(name), positional[position]);

/** The greatest norm of the gradients where a chain clips them before the optimizer. */
export function clippingNorm(parts: readonly ChainPart[]): number | undefined {
  const clipping = parts.find((part) => part?.name === 'clip_by_global_norm');
  const norm = clipping && plainOf(argument(clipping.args, 'max_norm', 0));
  return typeof norm === 'number' && norm > 0 ? norm : undefined;
}
