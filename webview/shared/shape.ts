/** Tells whether a value from outside is what it should be. */
export type Check<T> = (value: unknown) => value is T;

export const isText: Check<string> = (value) => typeof value === 'string';
export const isBoolean: Check<boolean> = (value) => typeof value === 'boolean';
export const isTrue: Check<true> = (value) => value === true;
/** NaN and infinities too. */
export const isNumber: Check<number> = (value) => typeof value === 'number';
export const isFinite: Check<number> = (value): value is number => Number.isFinite(value);
/** A whole number from 0 on, such as a step or an index. */
/** Also one that is too large to be counted to: a schedule may be 10**20 steps long. */
export const isCount: Check<number> = (value): value is number =>
  Number.isInteger(value) && Number(value) >= 0;
export const isFloats: Check<Float64Array> = (value) => value instanceof Float64Array;
export const isSingles: Check<Float32Array> = (value) => value instanceof Float32Array;
export const isBytes: Check<Uint8Array> = (value) => value instanceof Uint8Array;
export const isNull: Check<null> = (value) => value === null;
export const isAnything: Check<unknown> = (_value): _value is unknown => true;

export function isOneOf<const T extends string>(...texts: readonly T[]): Check<T> {
  return (value): value is T => texts.some((text) => text === value);
}

export function isEither<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

export function isNullOr<T>(check: Check<T>): Check<T | null> {
  return isEither(isNull, check);
}

export function isListOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/** A record of any keys. */
export function isRecordOf<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(check);
}

/** A record with at least these fields; the compiler sees that none of the type's is forgotten. */
export function isShape<T extends object>(fields: {
  readonly [K in keyof T]-?: Check<T[K]>;
}): Check<T> {
  const checks = Object.entries<Check<unknown>>(fields);
  return (value): value is T =>
    isObject(value) && checks.every(([key, check]) => check(value[key]));
}

/** A message of a tagged union, by the check of each of its types. */
export function isTagged<T extends { readonly type: string }>(checks: {
  readonly [Type in T['type']]: Check<Extract<T, { readonly type: Type }>>;
}): Check<T> {
  const byType = new Map<unknown, Check<unknown>>(Object.entries<Check<unknown>>(checks));
  return (value): value is T => isObject(value) && byType.get(value['type'])?.(value) === true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
