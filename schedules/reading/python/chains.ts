import { alternatives } from './machine/forks.ts';
import { transformationsIn } from './machine/journal.ts';
import type { Machine } from './machine/machine.ts';
import { isObject, isUncertain, type Transformation, type Value } from './values/value.ts';

/** The outermost chain of each transformation that is in one. */
export type ChainsOfParts = ReadonlyMap<Transformation, Transformation>;

/** A part of a chain; undefined where it is not known what it does. */
export type ChainPart = Transformation | undefined;

export function outermostChains({ journal }: Machine): ChainsOfParts {
  const chainOf = new Map<Transformation, Transformation>();
  // A chain is made after those that are parts of it.
  for (const chain of journal.chains) {
    const inside = transformationsIn(chain);
    for (const part of inside) {
      const known = chainOf.get(part);
      if (!known || inside.has(known)) chainOf.set(part, chain);
    }
  }
  return chainOf;
}

/** What holds one transformation and does just what that does, as long as all is finite. */
const transparent = new Set(['flatten', 'apply_if_finite', 'with_extra_args_support']);

/** Deeper than anyone puts chains into chains. */
const deepest = 20;

/**
 * The transformations of a chain one after the other, those of chains within it included.
 *
 * @param wanted what is to be among them, where a part may be one or another.
 */
export function chainParts(
  chain: Transformation,
  wanted: Transformation,
  depth = 0,
): readonly ChainPart[] {
  const { name, args, parts } = chain;
  if (depth > deepest) return [undefined];
  if (transparent.has(name)) {
    const [inner = null] = parts;
    return partsOf(inner, wanted, depth);
  }
  if (name !== 'chain' && name !== 'named_chain') return [chain];
  const known = parts.flatMap((part) => partsOf(part, wanted, depth));
  return args.rest ? [...known, undefined] : known;
}

function partsOf(part: Value, wanted: Transformation, depth: number): readonly ChainPart[] {
  const values = alternatives(part).map(({ value }) => value);
  const [first = null] = values;
  const value = values.find((one) => transformationsIn(one).has(wanted)) ?? first;
  if (!isObject(value) || isUncertain(value)) return [undefined];
  if (value.kind === 'transformation') return chainParts(value, wanted, depth + 1);
  // A part of a `named_chain` is given with its name.
  const [, named] = value.kind === 'tuple' ? value.items : [];
  return named === undefined ? [undefined] : partsOf(named, wanted, depth + 1);
}

/** A chain as it is told. */
export function chainText(parts: readonly ChainPart[]): string {
  return `chain(${parts.map((part) => part?.name ?? '...').join(', ')})`;
}
