import type { PhasedSchedule } from '../../../optax/phases.ts';
import type { Span } from '../../../checking/finding.ts';
import type {
  Argument,
  Expression,
  FunctionDefinition,
  LambdaExpression,
  Parameter,
} from '../syntax/syntax.ts';
import type { Assumption } from '../../reading.ts';
import type { Machine } from '../machine/machine.ts';
import type { Scope } from '../machine/scope.ts';
import type { NumericArray } from './numericArray.ts';

/** What a Python expression can be worth here: something known, or something that is not quite. */
export type Value = Plain | Uncertain;

/** A known value. `bigint` is Python's int, `number` its float. */
export type Plain = bigint | number | boolean | string | null | PythonObject;

export type PythonObject =
  | List
  | Tuple
  | Dict
  | SetOfValues
  | Range
  | Slice
  | InterpretedFunction
  | NativeFunction
  | BoundMethod
  | ClassObject
  | Instance
  | ModuleObject
  | NumericArray
  | DType
  | ScheduleObject
  | Transformation
  | Property
  | Super;

export interface List {
  readonly kind: 'list';
  readonly items: Value[];
  /** What a generator yields, all of it at once. */
  readonly isGenerator?: true;
}
export interface Tuple {
  readonly kind: 'tuple';
  readonly items: readonly Value[];
  /** Of a named tuple. */
  readonly names?: readonly string[];
}
export interface Dict {
  readonly kind: 'dict';
  /** By `keyOf` of the key, in the order of insertion. */
  readonly entries: Map<string, readonly [key: Value, value: Value]>;
  /** ConfigDict and the like: `d.key` is `d['key']`. */
  readonly attributes?: true;
  /** Of a `defaultdict`: makes what is missing. */
  readonly factory?: Value;
}
export interface SetOfValues {
  readonly kind: 'set';
  readonly items: Map<string, Value>;
}
export interface Range {
  readonly kind: 'range';
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
}
export interface Slice {
  readonly kind: 'slice';
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}
/** A `def` or a `lambda` with the scope that it closes over. */
export interface InterpretedFunction {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** By the parameter's name: evaluated where the function is defined. */
  readonly defaults: ReadonlyMap<string, Value>;
  readonly definition: FunctionDefinition | LambdaExpression;
  readonly scope: Scope;
  readonly span: Span;
  /** The path of the text that it stands in. */
  readonly module: string;
  /** Where the chunk of that text begins that its definition is counted from. */
  readonly origin: number;
  /** The class that it is a method of. */
  owner?: ClassObject;
}
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** A `*args` or `**kwargs` of which it is not known what is in it. */
  readonly rest?: Unknown;
  /** Nobody calls the function in the text: what is not given is not known. */
  readonly uncalled?: true;
  /** Where the call stands, and its arguments by name or position, if it stands in the text. */
  readonly site?: CallSite;
}
export interface CallSite extends Span {
  readonly module: string;
  readonly args: readonly Argument[];
  /** Where the chunk begins that the arguments are counted from. */
  readonly origin: number;
  /** How many positional arguments are given elsewhere, before those of the call. */
  readonly given: number;
  /** Where the names in the arguments are looked up. */
  readonly scope: Scope;
}

/** Where the value of an argument stands, by its name or position. */
export function argumentSpan(site: CallSite | undefined, place: string | number): Span | undefined {
  const value = argumentValue(site, place);
  return site && value && { from: site.origin + value.from, to: site.origin + value.to };
}

/** What is written for an argument, by its name or position; its span counts from its chunk. */
export function argumentValue(
  site: CallSite | undefined,
  place: string | number,
): Expression | undefined {
  if (!site) return undefined;
  if (typeof place === 'string') return argumentNamed(site, place)?.value;
  const positional = site.args.filter(({ name, spread }) => name === undefined && spread !== '**');
  const argument = positional[place - site.given];
  // What comes after a `*args` stands at a place that is not known.
  const isAfterSpread = positional.slice(0, place - site.given + 1).some(({ spread }) => spread);
  return isAfterSpread ? undefined : argument?.value;
}

/** Where the name of a keyword argument stands. */
export function argumentNameSpan(site: CallSite, written: string): Span | undefined {
  const argument = argumentNamed(site, written);
  const from = site.origin + (argument?.from ?? 0);
  return argument && { from, to: from + written.length };
}

function argumentNamed({ args }: CallSite, written: string): Argument | undefined {
  return args.find(({ name }) => name === written);
}
export interface NativeFunction {
  readonly kind: 'native';
  readonly name: string;
  call(args: CallArguments, machine: Machine): Value;
  /** Members such as `jnp.float32.dtype` or `nn.Module.init`. */
  readonly members?: ReadonlyMap<string, Value>;
  /** Of a `functools.partial` of a function of the text. */
  readonly partial?: {
    readonly function: InterpretedFunction;
    readonly positional: number;
    readonly keywords: readonly string[];
  };
}
export interface BoundMethod {
  readonly kind: 'method';
  readonly self: Value;
  readonly function: InterpretedFunction | NativeFunction;
}
export interface ClassObject {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Value[];
  readonly attributes: Map<string, Value>;
  /** Annotated names in their order, for classes that are made from these. */
  readonly fields: readonly string[];
  readonly form: 'plain' | 'dataclass' | 'namedtuple' | 'enum';
  readonly span: Span;
  readonly module: string;
}
export interface Instance {
  readonly kind: 'instance';
  readonly class: ClassObject | undefined;
  readonly attributes: Map<string, Value>;
}
export interface ModuleObject {
  readonly kind: 'module';
  /** As it is imported. */
  readonly name: string;
  /** Of a text that is interpreted. */
  readonly path?: string;
  member(name: string): Value | undefined;
  /** What `import *` takes. */
  names?(): readonly string[];
}
/** `jnp.float32`, which is called to convert and given as an argument. */
export interface DType {
  readonly kind: 'dtype';
  readonly name: 'float32' | 'float64' | 'int32' | 'int64' | 'bool';
  readonly library: NumericArray['library'];
}
/** What a call of one of Optax's schedule functions gives. */
export interface ScheduleObject {
  readonly kind: 'schedule';
  readonly function: string;
  /** Null where Optax would refuse the call. */
  readonly schedule: PhasedSchedule | null;
}
/** An optimizer, or any other gradient transformation. */
export interface Transformation {
  readonly kind: 'transformation';
  readonly name: string;
  readonly parts: readonly Value[];
  readonly args: CallArguments;
}
export interface Property {
  readonly kind: 'property';
  readonly getter: Value;
}
/** `super()`: looks attributes up in the bases of a class. */
export interface Super {
  readonly kind: 'super';
  readonly class: ClassObject;
  readonly self: Value;
}

export type Uncertain = Unknown | Assumed | Fork;

/** A value that nothing in the code gives. */
export interface Unknown {
  readonly kind: 'unknown';
  /** How it is computed, as text: the same text is the same value. */
  readonly key: string;
  /** Nothing was computed: a person writes the key to get it, such as `config.lr`. */
  readonly isName?: true;
  /** The names that it comes from, such as `config.warmup_epochs`. */
  readonly leaves: readonly string[];
  /** It may be None as well: nothing is given where that is the default. */
  readonly optional?: true;
}
/** A value that rests on assumptions. */
export interface Assumed {
  readonly kind: 'assumed';
  readonly key: string;
  readonly value: Plain;
  readonly assumptions: readonly Assumption[];
}
/** One value if a condition that is not known holds, and another if not. */
export interface Fork {
  readonly kind: 'fork';
  /** The `key` of the condition. */
  readonly condition: string;
  readonly then: Value;
  readonly otherwise: Value;
  /** How many alternatives it has. */
  readonly size: number;
}

export function isObject(value: Value): value is PythonObject | Uncertain {
  return typeof value === 'object' && value !== null;
}

export function isUncertain(value: Value): value is Uncertain {
  return (
    isObject(value) &&
    (value.kind === 'unknown' || value.kind === 'assumed' || value.kind === 'fork')
  );
}

/** The first value that is there; Python's None is one. */
export function firstGiven(...values: readonly (Value | undefined)[]): Value | undefined {
  return values.find((value) => value !== undefined);
}

export const list = (items: Value[]): List => ({ kind: 'list', items });
export const tuple = (items: readonly Value[]): Tuple => ({ kind: 'tuple', items });
