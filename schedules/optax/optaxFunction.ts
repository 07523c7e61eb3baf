import type { PhasedSchedule } from './phases.ts';
import type { Role } from './roles.ts';

export type Interpolation = 'linear' | 'cosine';

/** An entry of Optax's `boundaries_and_scales`: from `step` on, the rate is multiplied by `scale`. */
export interface BoundaryAndScale {
  readonly step: number;
  readonly scale: number;
}

/** What an argument of each kind is, once it is bound. */
interface KindValues {
  /** NaN and infinities included: Optax computes with them. */
  readonly number: number;
  /** A finite count of steps; Optax takes fractions and `1e4` too. */
  readonly steps: number;
  readonly boolean: boolean;
  readonly interpolation: Interpolation;
  /** In written order; of two entries for one step the last wins, as in a Python dict. */
  readonly boundariesAndScales: readonly BoundaryAndScale[];
  readonly schedules: readonly PhasedSchedule[];
  /** Finite steps. */
  readonly boundaries: readonly number[];
  readonly learningRate: number | PhasedSchedule;
  /** What Optax accepts and Anneal does not interpret, such as a dtype: only the default is bound. */
  readonly unsupported: null;
}

export type SimpleKind = keyof KindValues;
export type Kind = SimpleKind | 'cycles';
export type DefaultValue = number | boolean | null;

interface Described<Name extends string> {
  /** As Optax spells it. */
  readonly name: Name;
  /** What the argument means: gives its unit, and a value to assume where it is unknown. */
  readonly role: Role;
  /** One sentence. */
  readonly summary: string;
  /** Absent: the argument is required. Null: the argument may be null (Python's None). */
  readonly default?: DefaultValue;
  readonly keywordOnly?: true;
  /** The first Optax version that has the argument, where that is newer than 0.1.0. */
  readonly since?: string;
}

/** A parameter of an Optax function. */
export type Parameter<Name extends string = string> = Described<Name> &
  (
    | { readonly kind: SimpleKind }
    /** A list of argument records, each for one call of `cycle`. */
    | { readonly kind: 'cycles'; readonly cycle: OptaxFunction }
  );

export type Arguments = Readonly<Record<string, unknown>>;

/** Arguments that Optax would refuse, although each is of the right kind. */
export interface Rule<A extends Arguments = Arguments, Name extends string = string> {
  readonly parameter: Name;
  holds(args: A): boolean;
  /** Goes after "PARAMETER must". */
  readonly requirement: string;
  /** The exception that Optax raises. */
  readonly raises: string;
  /** What to write instead, as an imperative. */
  readonly instead: string;
}

/**
 * What is known of a function of Optax, apart from what it computes. `A` are its bound arguments
 * (functions over them are methods, so that one list can hold functions of different arguments).
 */
export interface OptaxFunction<A extends Arguments = Arguments> {
  readonly name: string;
  /** A sentence or two. */
  readonly summary: string;
  /** The first Optax version that has the function, where that is newer than 0.1.0. */
  readonly since?: string;
  /** In Optax's positional order. */
  readonly parameters: readonly Parameter[];
  readonly rules: readonly Rule<A>[];
}

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

type ValueOf<P extends Parameter> =
  | (P extends { readonly cycle: OptaxFunction<infer A> }
      ? readonly A[]
      : KindValues[Extract<P['kind'], SimpleKind>])
  | (P extends { readonly default: null } ? null : never);

/** The bound arguments of a parameter list: camel-case names, defaults filled in. */
export type ArgumentsOf<P extends readonly Parameter[]> = {
  readonly [K in P[number] as CamelCase<K['name']>]: ValueOf<K>;
};

/** `init_value` -> `initValue`. */
export function camelCase(name: string): string {
  const known = camelCased.get(name);
  if (known !== undefined) return known;
  const result = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  camelCased.set(name, result);
  return result;
}

/** The names of parameters, of which there are few, are asked for with every call that is read. */
const camelCased = new Map<string, string>();
