import { optimizers } from '../../optax/optimizers.ts';
import type { OptimizerChoice } from '../reading.ts';
import { alternatives } from './machine/forks.ts';
import { firstGiven, type CallArguments, type Value } from './values/value.ts';

/** An optimizer's call as a comparison trains with it; undefined where it has no such one. */
export function optimizerChoice(
  optimizer: string,
  { positional, keywords }: CallArguments,
): OptimizerChoice | undefined {
  const f = optimizers.find(({ name }) => name === optimizer);
  if (!f) return undefined;
  const entries = f.parameters.flatMap(({ name, kind, default: standard = null }, i) => {
    if (kind !== 'number' && kind !== 'boolean') return [];
    const value = plainOf(firstGiven(keywords.get(name), positional[i]));
    return [[name, value ?? standard] as const];
  });
  return { name: f.name, args: Object.fromEntries(entries) };
}

/** Names of what an optimizer is given that no comparison has: which weights decay is a function. */
export function unknownArguments(
  optimizer: string,
  { positional, keywords }: CallArguments,
): readonly string[] {
  const f = optimizers.find(({ name }) => name === optimizer);
  const place = f?.parameters.findIndex(({ name }) => name === 'mask') ?? -1;
  return (firstGiven(keywords.get('mask'), positional[place]) ?? null) === null ? [] : ['mask'];
}

/** The number, or the answer, that a value is, or is by its first alternative. */
export function plainOf(value: Value | undefined): number | boolean | undefined {
  const [first] = value === undefined ? [] : alternatives(value);
  const plain = first?.value;
  if (typeof plain === 'boolean' || typeof plain === 'number') return plain;
  return typeof plain === 'bigint' ? Number(plain) : undefined;
}
