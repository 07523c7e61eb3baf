import { read, unknownFrom } from '../machine/certainty.ts';
import { forget } from '../machine/changes.ts';
import { spend, type Machine } from '../machine/machine.ts';
import { arrayItems, arrayOf, operandAs } from '../values/arrayConstruction.ts';
import type { Shape } from '../values/arrayShape.ts';
import {
  isArray,
  isOperand,
  typeGiven,
  typeOf,
  type ElementType,
  type Library,
  type Operand,
} from '../values/arrayType.ts';
import { isTrue, toNumber, toSize } from '../values/conversion.ts';
import { typeName } from '../values/keys.ts';
import { keyOfArguments, native } from '../values/native.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  isObject,
  isUncertain,
  type CallArguments,
  type NativeFunction,
  type Plain,
  type Value,
} from '../values/value.ts';

/** The arguments of a call by the names of their parameters; each throws where it does not fit. */
export interface Arguments {
  readonly machine: Machine;
  /** Undefined where it is `None` or not given. */
  readonly value: (name: string) => Plain | undefined;
  readonly operand: (name: string) => Operand;
  readonly array: (name: string) => NumericArray;
  /** The operands in a list, or along the first axis of an array. */
  readonly operands: (name: string) => readonly Operand[];
  readonly items: (name: string) => readonly Plain[];
  readonly number: (name: string, otherwise?: number) => number;
  readonly size: (name: string, otherwise?: number) => number;
  /** A length, or a sequence of them; of a `*` parameter also one sequence of all. */
  readonly sizes: (name: string) => Shape;
  readonly truth: (name: string, otherwise: boolean) => boolean;
  /** Of `dtype=` and its like. */
  readonly type: (name?: string) => ElementType | undefined;
}

/**
 * A function of NumPy or JAX.
 *
 * @param parameters their names in order, as for `native`, parted by spaces. A call that names
 *   another one has an unknown value.
 */
export function arrayFunction(
  library: Library,
  name: string,
  parameters: string,
  compute: (args: Arguments) => Value,
): NativeFunction {
  const names = parameters.split(' ');
  const known = new Set(names);
  const computed = native(name, names, (given, machine) => {
    const result = compute(argumentsOf(library, name, names, given, machine));
    spend(
      machine,
      [...given, result].reduce<number>((sum, value) => sum + costOf(value), 0),
    );
    return result;
  });
  return {
    ...computed,
    call(args, machine) {
      forgetOutput(args, names.length);
      const isKnown = [...args.keywords.keys()].every((keyword) => known.has(keyword));
      if (isKnown) return computed.call(args, machine);
      return unknownFrom(`${name}(${keyOfArguments(args)})`, []);
    },
  };
}

/** What a result is written into, be it by `out=` or by its place, is not followed. */
function forgetOutput({ positional, keywords }: CallArguments, most: number): void {
  const outputs = [keywords.get('out') ?? null, ...positional.slice(most)];
  for (const output of outputs) if (!isUncertain(output)) forget(output);
}

/** Functions as the members of a module. */
export function byName(functions: readonly NativeFunction[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(functions.map((member) => [member.name, member]));
}

/** What a computation with an array costs, in steps of the machine. */
export function costOf(value: Value | undefined): number {
  const size =
    value !== undefined && isObject(value) && value.kind === 'array' ? value.data?.length : 0;
  return (size ?? 0) >> 5;
}

function argumentsOf(
  library: Library,
  functionName: string,
  names: readonly string[],
  given: readonly (Plain | undefined)[],
  machine: Machine,
): Arguments {
  const value = (name: string): Plain | undefined => {
    const i = names.findIndex((parameter) => parameter === name || parameter === `*${name}`);
    return given[i] ?? undefined;
  };
  const needed = (name: string): Plain => {
    const found = value(name);
    if (found !== undefined) return found;
    throw new PythonError(`TypeError: ${functionName}() needs an argument '${name}'`);
  };
  const operand = (name: string): Operand => operandOf(library, needed(name), machine);
  const items = (name: string): readonly Plain[] => itemsOf(needed(name), machine);
  return {
    machine,
    value,
    operand,
    array: (name) => arrayOfOperand(library, operand(name)),
    operands: (name) => items(name).map((item) => operandOf(library, item, machine)),
    items,
    number: (name, otherwise) => toNumber(value(name) ?? otherwise),
    size: (name, otherwise) => {
      const found = value(name);
      return found === undefined && otherwise !== undefined ? otherwise : toSize(found);
    },
    sizes: (name) => {
      const found = needed(name);
      if (isSingle(found)) return [toSize(found)];
      const [first, ...others] = itemsOf(found, machine);
      if (first === undefined) return [];
      const lengths =
        others.length > 0 || isSingle(first) ? [first, ...others] : itemsOf(first, machine);
      return lengths.map(toSize);
    },
    truth: (name, otherwise) => isTrue(value(name) ?? otherwise),
    type: (name = 'dtype') => typeGiven(library, value(name)),
  };
}

function isSingle(value: Plain): boolean {
  return isOperand(value) && !(isArray(value) && value.shape.length > 0);
}

/** NumPy makes arrays of lists wherever it takes arrays; JAX refuses them. */
function operandOf(library: Library, value: Plain, machine: Machine): Operand {
  if (isOperand(value)) return value;
  if (library === 'numpy') return arrayOf(value, machine, library);
  throw new PythonError(`TypeError: an array is needed, not '${typeName(value)}'`);
}

export function arrayOfOperand(library: Library, operand: Operand): NumericArray {
  return operandAs(operand, typeOf(library, operand));
}

function itemsOf(value: Plain, machine: Machine): readonly Plain[] {
  if (isArray(value)) return arrayItems(value).map((item) => read(machine, item));
  if (isObject(value) && (value.kind === 'list' || value.kind === 'tuple')) {
    return value.items.map((item) => read(machine, item));
  }
  throw new PythonError(`TypeError: '${typeName(value)}' object is not a sequence`);
}
