import type { Value } from '../values/value.ts';
import { fork } from './forks.ts';

/** How a block of statements ends. */
export type Completion =
  | { readonly kind: 'fallThrough' | 'raise' | 'break' | 'continue' }
  | { readonly kind: 'return'; readonly value: Value }
  /** It depends on a condition that is not known. */
  | {
      readonly kind: 'fork';
      readonly condition: string;
      readonly then: Completion;
      readonly otherwise: Completion;
    };

export const fallThrough: Completion = { kind: 'fallThrough' };

export function returned(value: Value): Completion {
  return { kind: 'return', value };
}

/**
 * The decisions under which a block goes on; undefined where it ends whatever is decided, none
 * where it goes on in several ways.
 */
export function wayOn(
  completion: Completion,
): readonly (readonly [condition: string, holds: boolean])[] | undefined {
  if (completion.kind === 'fallThrough') return [];
  if (completion.kind !== 'fork') return undefined;
  const { condition } = completion;
  const [then, otherwise] = [wayOn(completion.then), wayOn(completion.otherwise)];
  if (then && otherwise) return [];
  if (then) return [[condition, true], ...then];
  return otherwise && [[condition, false], ...otherwise];
}

/** A completion that goes on with another one wherever it falls through. */
export function sequence(first: Completion, rest: Completion): Completion {
  if (first.kind === 'fallThrough') return rest;
  if (first.kind !== 'fork') return first;
  const { condition, then, otherwise } = first;
  return {
    kind: 'fork',
    condition,
    then: sequence(then, rest),
    otherwise: sequence(otherwise, rest),
  };
}

/** What a function returns; undefined where it only raises. */
export function valueOfCompletion(completion: Completion): Value | undefined {
  switch (completion.kind) {
    case 'return':
      return completion.value;
    case 'raise':
      return undefined;
    case 'fallThrough':
    case 'break':
    case 'continue':
      return null;
    case 'fork': {
      const then = valueOfCompletion(completion.then);
      const otherwise = valueOfCompletion(completion.otherwise);
      if (then === undefined) return otherwise;
      return otherwise === undefined ? then : fork(completion.condition, then, otherwise);
    }
  }
}
