import { read } from '../machine/certainty.ts';
import { spend, type Machine } from '../machine/machine.ts';
import { arrayOfOperand } from './numpyFunction.ts';
import { isOperand } from '../values/arrayType.ts';
import { isTrue, toNumber, toSize } from '../values/conversion.ts';
import { native } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  isObject,
  isUncertain,
  list,
  tuple,
  type NativeFunction,
  type Plain,
  type Value,
} from '../values/value.ts';

/** Deeper nesting than states of loops have; a list can hold itself. */
const deepestState = 8;

/** What JAX traces functions with: arrays in the place of Python's numbers. */
function traced(machine: Machine, value: Value, depth = 0): Value {
  if (isUncertain(value)) return value;
  if (isOperand(value)) return arrayOfOperand('jax', value);
  if (!isObject(value) || depth > deepestState) return value;
  if (value.kind !== 'tuple' && value.kind !== 'list') return value;
  spend(machine, value.items.length);
  const items = value.items.map((item) => traced(machine, item, depth + 1));
  return value.kind === 'tuple' ? tuple(items) : list(items);
}

/** Calls a function of the text as JAX does while it traces it. */
function call(machine: Machine, callee: Plain | undefined, args: readonly Value[]): Value {
  if (callee === undefined) throw new PythonError('TypeError: a function is needed');
  const operands = args.map((arg) => traced(machine, arg));
  return traced(machine, machine.call(callee, operands));
}

function itemsOf(value: Plain | undefined): readonly Value[] {
  if (value === undefined || !isObject(value)) return [];
  return value.kind === 'tuple' || value.kind === 'list' ? value.items : [];
}

/** The functions of JAX that call functions: `cond`, `switch` and loops. */
export const controlFunctions: readonly NativeFunction[] = [
  native('cond', ['pred', 'true_fun', 'false_fun', '*operands', 'operand'], (given, machine) => {
    const [pred = null, whenTrue, whenFalse, operands, operand] = given;
    const args = operand === undefined ? itemsOf(operands) : [operand];
    return call(machine, isTrue(pred) ? whenTrue : whenFalse, args);
  }),
  native('switch', ['index', 'branches', '*operands'], ([index, branches, operands], machine) => {
    const functions = itemsOf(branches);
    const last = functions.length - 1;
    const branch = functions[Math.min(Math.max(toSize(index), 0), last)];
    return call(machine, branch && read(machine, branch), itemsOf(operands));
  }),
  native('fori_loop', ['lower', 'upper', 'body_fun', 'init_val'], (given, machine) => {
    const [lower, upper, body, initial = null] = given;
    let state: Value = traced(machine, initial);
    for (let i = toSize(lower); i < toSize(upper); i++) {
      spend(machine);
      state = call(machine, body, [BigInt(i), state]);
    }
    return state;
  }),
  native('while_loop', ['cond_fun', 'body_fun', 'init_val'], (given, machine) => {
    const [condition, body, initial = null] = given;
    let state: Value = traced(machine, initial);
    while (toNumber(read(machine, call(machine, condition, [state]))) !== 0) {
      spend(machine);
      state = call(machine, body, [state]);
    }
    return state;
  }),
];
