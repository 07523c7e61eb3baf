import { keyOf } from '../values/keys.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  firstGiven,
  isObject,
  isUncertain,
  type CallArguments,
  type ClassObject,
  type Instance,
  type Value,
} from '../values/value.ts';
import type { ClassDefinition } from '../syntax/syntax.ts';
import { inClass } from './attributes.ts';
import { callFunction } from './calls.ts';
import { evaluate } from './evaluation.ts';
import { run } from './execution.ts';
import { settingFor, siteOf, unknownName, type Machine } from './machine.ts';
import { newScope, type Scope } from './scope.ts';

/** Binds the class that a statement defines. */
export function defineClass(machine: Machine, statement: ClassDefinition, scope: Scope): void {
  const { name, body, decorators } = statement;
  const bases = statement.bases
    .filter((base) => base.name === undefined)
    .map((base) => evaluate(machine, base.value, scope));
  const inner = newScope('class', scope);
  run(machine, body, inner);
  const defined: ClassObject = {
    kind: 'class',
    name,
    bases,
    attributes: inner.variables,
    fields: body.flatMap((part) => {
      if (part.kind !== 'assignment' || !part.annotation) return [];
      return part.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []));
    }),
    form: formOf(machine, statement, bases),
    span: siteOf(machine, statement),
    module: machine.module,
  };
  for (const value of inner.variables.values()) {
    if (isObject(value) && value.kind === 'function') value.owner ??= defined;
    if (
      isObject(value) &&
      value.kind === 'property' &&
      isObject(value.getter) &&
      value.getter.kind === 'function'
    )
      value.getter.owner ??= defined;
  }
  scope.variables.set(name, defined);
  machine.journal.classes.push(defined);
  for (const decorator of decorators) evaluate(machine, decorator, scope);
}

/** How instances of a class are made: by its own `__init__`, or from its annotated names. */
function formOf(
  machine: Machine,
  { decorators }: ClassDefinition,
  bases: readonly Value[],
): ClassObject['form'] {
  const words = decorators.map((decorator) => machine.textAt(siteOf(machine, decorator)));
  if (words.some((text) => /dataclass|^attrs?\.|\bdefine\b|struct/.test(text))) return 'dataclass';
  for (const base of bases) {
    if (isObject(base) && base.kind === 'class' && base.form !== 'plain') return base.form;
    if (isObject(base) && base.kind === 'native') {
      if (base.name === 'NamedTuple') return 'namedtuple';
      if (base.name === 'Enum') return 'enum';
    }
    // Modules of Flax, models of Pydantic and the like are made from their annotated names.
    if (isUncertain(base)) return 'dataclass';
  }
  return 'plain';
}

/** `Class(args)`: an instance, with the attributes that its `__init__` or its fields give it. */
export function instantiate(machine: Machine, of: ClassObject, args: CallArguments): Value {
  if (of.form === 'enum') return args.positional[0] ?? null;
  const instance: Instance = { kind: 'instance', class: of, attributes: new Map() };
  const init = inClass(of, '__init__');
  if (init !== undefined && isObject(init) && init.kind === 'function') {
    callFunction(machine, init, { ...args, positional: [instance, ...args.positional] });
    return instance;
  }
  if (of.form === 'plain') return dictLike(of, args) ?? instance;
  const names = fieldsOf(of);
  for (const [i, name] of names.entries()) {
    const given = firstGiven(args.positional[i], args.keywords.get(name));
    instance.attributes.set(name, given === undefined ? defaultOf(machine, of, name) : given);
  }
  const finish = inClass(of, '__post_init__') ?? inClass(of, 'setup');
  if (finish !== undefined && isObject(finish) && finish.kind === 'function') {
    callFunction(machine, finish, { positional: [instance], keywords: new Map() });
  }
  return instance;
}

/** An instance of a class that is a dict with attributes: `class Config(dict)`. */
function dictLike({ bases }: ClassObject, { keywords }: CallArguments): Value | undefined {
  const isDict = bases.some(
    (base) => isObject(base) && base.kind === 'native' && base.name === 'dict',
  );
  if (!isDict) return undefined;
  const entries = [...keywords].map(([name, value]) => [keyOf(name), [name, value]] as const);
  return { kind: 'dict', entries: new Map(entries), attributes: true };
}

/** The annotated names of a class and its bases, the bases' first. */
export function fieldsOf(of: ClassObject, depth = 0): readonly string[] {
  if (depth > 20) throw new PythonError('RecursionError: inherits too deeply');
  const inherited = of.bases.flatMap((base) =>
    isObject(base) && base.kind === 'class' ? fieldsOf(base, depth + 1) : [],
  );
  return [...new Set([...inherited, ...of.fields])];
}

/** The default of a field: what is set from outside, what the class gives, or nothing known. */
function defaultOf(machine: Machine, of: ClassObject, name: string): Value {
  const given = settingFor(machine, name, of.span.from);
  if (given !== undefined) return given;
  const value = inClass(of, name);
  if (value === undefined) return unknownName(machine, name);
  if (isObject(value) && value.kind === 'native' && value.members?.has('default'))
    return value.members.get('default') ?? null;
  if (isObject(value) && value.kind === 'native' && value.members?.has('default_factory'))
    return machine.call(value.members.get('default_factory') ?? null, []);
  return value;
}

/** An instance of a class that nobody makes in the text, by what its own defaults say. */
export function exampleOf(machine: Machine, of: ClassObject): Value {
  return instantiate(machine, of, { positional: [], keywords: new Map() });
}
