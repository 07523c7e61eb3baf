import type { FromImport } from '../syntax/syntax.ts';
import { isObject, type ModuleObject, type Value } from '../values/value.ts';
import { attributeOf } from './attributes.ts';
import { run } from './execution.ts';
import { spend, unknownName, within, type Machine } from './machine.ts';
import { newScope, ownName, type Scope } from './scope.ts';

/** `import a.b as c` */
export function importModule(
  machine: Machine,
  module: string,
  alias: string | undefined,
  scope: Scope,
): void {
  const [first = module] = module.split('.');
  const importer = machine.module;
  // `import a.b` leaves what `import a.c` gave before.
  const before = alias === undefined ? scope.imports.get(first) : undefined;
  later(scope, alias ?? first, () =>
    alias === undefined
      ? packageWith(machine, first, module, importer, before?.())
      : moduleNamed(machine, module, importer),
  );
}

/** Binds a name to what an import gives, which is looked for when the name is used. */
function later(scope: Scope, name: string, value: () => Value): void {
  scope.variables.delete(name);
  scope.imports.set(name, value);
}

/** A package under its first name, through which the imported module can be reached. */
function packageWith(
  machine: Machine,
  first: string,
  module: string,
  importer: string,
  before: Value | undefined,
): Value {
  const root = before ?? moduleNamed(machine, first, importer);
  if (first === module || machine.library(first)) return root;
  const inner = moduleNamed(machine, module, importer);
  return isModule(inner) ? withModule(root, module.split('.'), inner) : root;
}

/** A package with one more module in it, at the end of a path that begins with its own name. */
function withModule(outer: Value | undefined, path: readonly string[], inner: ModuleObject): Value {
  const [name = '', next, ...rest] = path;
  if (next === undefined) return inner;
  const own = outer !== undefined && isModule(outer) ? outer : undefined;
  const member = withModule(own?.member(next), [next, ...rest], inner);
  return {
    kind: 'module',
    name: own?.name ?? name,
    member: (wanted) => (wanted === next ? member : own?.member(wanted)),
  };
}

const isModule = (value: Value): value is ModuleObject =>
  isObject(value) && value.kind === 'module';

/** `from a.b import c as d` */
export function importNames(machine: Machine, { module, names }: FromImport, scope: Scope): void {
  const importer = machine.module;
  if (names === '*') {
    const from = moduleNamed(machine, module, importer);
    if (!isModule(from)) return;
    for (const name of from.names?.() ?? []) later(scope, name, () => memberOf(from, name) ?? null);
    return;
  }
  for (const { name, alias } of names) {
    later(scope, alias, () => {
      const from = moduleNamed(machine, module, importer);
      const member = memberOf(from, name);
      return member === undefined ? submodule(machine, module, name, from, importer) : member;
    });
  }
}

function memberOf(from: Value, name: string): Value | undefined {
  return isModule(from) ? from.member(name) : undefined;
}

function submodule(
  machine: Machine,
  module: string,
  name: string,
  from: Value,
  importer: string,
): Value {
  const path = module.endsWith('.') ? `${module}${name}` : `${module}.${name}`;
  const inner = moduleNamed(machine, path, importer);
  if (isModule(inner)) return inner;
  return isModule(from) ? attributeOf(machine, from, name) : unknownName(machine, name);
}

/** A library that is known, a file of the workspace, or a name of which nothing is known. */
function moduleNamed(machine: Machine, module: string, importer: string): Value {
  const library = module.startsWith('.') ? undefined : machine.library(module);
  if (library) return library;
  return moduleOfText(machine, module, importer) ?? unknownName(machine, module);
}

/** What a module of the workspace may take. */
const moduleBudget = 60_000;
const mostModules = 30;

function moduleOfText(
  machine: Machine,
  module: string,
  importer: string,
): ModuleObject | undefined {
  const source = machine.importText(module, importer);
  if (!source) return undefined;
  const known = machine.modules.get(source.path);
  // One that is still being read, by a cycle of imports, has the names that it has so far.
  if (known) return known;
  if (machine.modules.size >= mostModules) return undefined;
  const scope = newScope('module');
  const object: ModuleObject = {
    kind: 'module',
    name: module.replace(/^\.+/, ''),
    path: source.path,
    member: (name) => ownName(scope, name),
    names: () =>
      [...scope.variables.keys(), ...scope.imports.keys()].filter((name) => !name.startsWith('_')),
  };
  machine.modules.set(source.path, object);
  spend(machine, source.text.length >> 6);
  const { module: current, origin, path } = machine;
  const decisions = new Map(path);
  path.clear();
  machine.module = source.path;
  machine.origin = 0;
  machine.texts.set(source.path, source.text);
  try {
    within(machine, moduleBudget, () => {
      run(machine, machine.parse(source).body, scope);
    });
  } finally {
    machine.module = current;
    machine.origin = origin;
    for (const [condition, holds] of decisions) path.set(condition, holds);
  }
  return object;
}
