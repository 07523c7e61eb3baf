import type { Parameter } from '../syntax/syntax.ts';
import { keyOfArguments } from '../values/native.ts';
import { keyOf, spelled, typeName } from '../values/keys.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  firstGiven,
  isObject,
  isUncertain,
  list,
  tuple,
  type CallArguments,
  type InterpretedFunction,
  type Plain,
  type Unknown,
  type Value,
} from '../values/value.ts';
import { isSettable } from './assignment.ts';
import { attributeOf } from './attributes.ts';
import { attempt, read, unknownFrom } from './certainty.ts';
import { instantiate } from './classes.ts';
import { evaluate } from './evaluation.ts';
import { runBody } from './execution.ts';
import {
  deepest,
  settingFor,
  siteOf,
  stopped,
  unknownName,
  type Frame,
  type Machine,
} from './machine.ts';
import { newScope, noteLiteral, type Scope } from './scope.ts';

/** More calls within calls than schedules are computed by; recursion without end is one too. */
const deepestCalls = 40;

/** `callee(args)` of any values. */
export function callValue(machine: Machine, callee: Value, args: CallArguments): Value {
  const key = (): string => `${spelled(callee)}(${keyOfArguments(args)})`;
  if (isUncertain(callee) && callee.kind === 'unknown')
    return callUnknown(machine, callee, args, key);
  if (++machine.depth > deepest) throw stopped;
  const value =
    isObject(callee) && callee.kind === 'function'
      ? callFunction(machine, callee, args)
      : attempt(machine, key, () => callPlain(machine, read(machine, callee), args, key));
  machine.depth--;
  return value;
}

/** A call of what is not known: a value of its own that no one gives. */
function callUnknown(
  machine: Machine,
  callee: Unknown,
  args: CallArguments,
  key: () => string,
): Value {
  const [first, second] = args.positional;
  // `config.get("lr", 1e-3)` says what holds where nothing else is given.
  if (typeof first === 'string' && /\.(?:get|getattr|pop)$/.test(callee.key)) {
    const standard = firstGiven(second, args.keywords.get('default'));
    if (standard !== undefined) return standard;
  }
  // A schedule that is a parameter: its rate is one value, whatever the step.
  if (machine.deciding > 0 && callee.isName && args.positional.length === 1)
    return unknownName(machine, `${callee.key}(step)`);
  const isShort = callee.isName && args.positional.length + args.keywords.size <= 2;
  const text = isShort ? key() : '';
  return text !== '' && text.length <= longestName
    ? unknownName(machine, text)
    : unknownFrom(key, [callee]);
}

/** A person does not write a longer one to set a value. */
const longestName = 60;

function callPlain(machine: Machine, callee: Plain, args: CallArguments, key: () => string): Value {
  if (!isObject(callee)) throw notCallable(callee);
  switch (callee.kind) {
    case 'native':
      return callee.call(args, machine);
    case 'function':
      return callFunction(machine, callee, args);
    case 'method': {
      const withSelf = { ...args, positional: [callee.self, ...args.positional] };
      return callPlain(machine, callee.function, withSelf, key);
    }
    case 'class':
      return instantiate(machine, callee, args);
    case 'schedule':
      return machine.rate(callee, args.positional[0] ?? args.keywords.get('count') ?? null);
    case 'dtype':
      return machine.convert(callee, args.positional[0] ?? 0n);
    case 'instance':
    case 'super':
      return callValue(machine, attributeOf(machine, callee, '__call__'), args);
    case 'module':
    case 'transformation':
      return unknownFrom(key, []);
    default:
      throw notCallable(callee);
  }
}

function notCallable(value: Plain): PythonError {
  return new PythonError(`TypeError: '${typeName(value)}' object is not callable`);
}

/** Calls a function of the text. */
export function callFunction(
  machine: Machine,
  called: InterpretedFunction,
  args: CallArguments,
): Value {
  let calls = 0;
  for (let frame: Frame | undefined = machine.frame; frame; frame = frame.caller) calls++;
  if (calls > deepestCalls) return unknownFrom(`${called.name}(...)`, []);
  machine.journal.called.add(placeOf(called));
  const scope = newScope('function', called.scope);
  const { frame: caller, module, origin } = machine;
  const { definition } = called;
  const frame: Frame = {
    function: called,
    caller,
    site: args.site,
    module: called.module,
    scope,
    yielded: definition.kind === 'function' && definition.yields ? [] : undefined,
  };
  machine.module = called.module;
  machine.origin = called.origin;
  machine.frame = frame;
  try {
    bindParameters(machine, called, args, scope);
    const result =
      definition.kind === 'function'
        ? runBody(machine, definition.body, scope)
        : evaluate(machine, definition.body, scope);
    const value: Value = frame.yielded
      ? { ...list([...frame.yielded]), isGenerator: true }
      : result;
    frame.returned = value;
    return value;
  } finally {
    machine.module = module;
    machine.origin = origin;
    machine.frame = caller;
  }
}

/** Tells functions apart by where they are defined. */
export function placeOf({ module, span }: InterpretedFunction): string {
  return `${module}:${span.from}`;
}

function bindParameters(
  machine: Machine,
  { parameters, defaults }: InterpretedFunction,
  { positional, keywords, rest, uncalled }: CallArguments,
  scope: Scope,
): void {
  const left = new Map(keywords);
  let next = 0;
  const set = (parameter: Parameter, value: Value): void => {
    const given = settingFor(machine, parameter.name, machine.origin + parameter.from);
    const bound = given === undefined ? value : given;
    scope.variables.set(parameter.name, bound);
    if (isSettable(value)) machine.journal.names.add(parameter.name);
    machine.journal.note(parameter.name, bound);
  };
  for (const parameter of parameters) {
    const { name, form } = parameter;
    if (form.startsWith('*') && (uncalled || rest)) {
      set(parameter, rest ?? unknownName(machine, name));
    } else if (form === '*') {
      set(parameter, tuple(positional.slice(next)));
      next = positional.length;
    } else if (form === '**') {
      const entries = [...left].map(([key, value]) => [keyOf(key), [key, value]] as const);
      set(parameter, { kind: 'dict', entries: new Map(entries) });
    } else {
      const byPosition = form === 'positional' ? positional[next] : undefined;
      if (byPosition !== undefined) next++;
      const value = firstGiven(byPosition, left.get(name), defaults.get(name));
      const isGiven = left.delete(name) || byPosition !== undefined;
      const { default: standard } = parameter;
      if (!isGiven && standard?.kind === 'literal')
        noteLiteral(scope, name, { value: standard.value, site: siteOf(machine, standard) });
      if (value === undefined) set(parameter, missing(machine, name, rest));
      else
        set(parameter, uncalled && isNothing(value) ? optional(unknownName(machine, name)) : value);
    }
  }
}

/** Whether a default, None or an empty dict, only says that a caller may leave the argument out. */
function isNothing(value: Value): boolean {
  return value === null || (isObject(value) && value.kind === 'dict' && value.entries.size === 0);
}

/** A parameter with such a default: a caller may well give something else. */
function optional(value: Value): Value {
  return isObject(value) && value.kind === 'unknown'
    ? { ...value, key: value.key, optional: true }
    : value;
}

/** What an argument is that no one gives. */
function missing(machine: Machine, name: string, rest: CallArguments['rest']): Value {
  if (rest?.isName) return unknownName(machine, `${rest.key}["${name}"]`);
  return unknownName(machine, name);
}
