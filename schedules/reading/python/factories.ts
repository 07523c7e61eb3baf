import type { Span } from '../../checking/finding.ts';
import { callFunction, placeOf } from './machine/calls.ts';
import { exampleOf } from './machine/classes.ts';
import { within, type Machine } from './machine/machine.ts';
import { isStepName, requiredParameters } from './schedules/handWritten.ts';
import type { FactoryResult } from './schedules/listing.ts';
import { ownName, type Scope } from './machine/scope.ts';
import { isObject, type InterpretedFunction, type Value } from './values/value.ts';
import { evaluateAnnotation } from './machine/annotations.ts';

/** What one function that nobody calls may take. */
const functionBudget = 40_000;
const mostFunctions = 300;

/**
 * Calls every function that the text itself does not call, with parameters of which only the
 * defaults are known: what a factory would return, and what happens in `main`.
 */
export function callUncalled(machine: Machine, module: Scope): readonly FactoryResult[] {
  const { journal } = machine;
  const results: FactoryResult[] = [];
  const isRelevant = relevance(machine, module);
  // Functions within functions are defined while these run.
  for (let i = 0; i < journal.functions.length && i < mostFunctions; i++) {
    const entry = journal.functions[i];
    if (!entry) break;
    const { defined, scope } = entry;
    if (journal.called.has(placeOf(defined)) || !isRelevant(defined)) continue;
    // A schedule written by hand is not called with what is not known.
    const [only, ...others] = requiredParameters(defined);
    if (scope.kind === 'function' && only && others.length === 0 && isStepName(only.name)) continue;
    within(machine, functionBudget, () => {
      const value = callWithUnknowns(machine, defined);
      if (scope.kind !== 'function')
        results.push({ name: defined.name, value, span: spanOf(defined) });
    });
  }
  return results;
}

/**
 * Tells whether a function can have to do with schedules: it names Optax, something imported, or
 * another function or class of the text that has to do with them.
 */
function relevance(machine: Machine, module: Scope): (defined: InterpretedFunction) => boolean {
  const text = machine.texts.get(machine.mainModule) ?? '';
  const { functions, classes } = machine.journal;
  const named = [...functions.map(({ defined }) => defined), ...classes];
  const imported = [...module.imports.keys(), ...module.variables.keys()];
  const relevant = new Set(['optax']);
  for (const name of imported) if (isOfSchedules(machine, name, module)) relevant.add(name);
  let latest = [...relevant];
  while (latest.length > 0) {
    const places = [...text.matchAll(new RegExp(anyOf(latest), 'g'))].map(({ index }) => index);
    latest = named.flatMap(({ name, span }) =>
      !relevant.has(name) && places.some((place) => span.from <= place && place < span.to)
        ? [name]
        : [],
    );
    for (const name of latest) relevant.add(name);
  }
  const names = new RegExp(anyOf([...relevant]));
  return ({ span }) => names.test(text.slice(span.from, span.to));
}

/** A pattern of some names as whole words. */
function anyOf(names: readonly string[]): string {
  return `(?<![\\w.])(?:${names.filter((name) => /^\w+$/.test(name)).join('|')})(?!\\w)`;
}

/** Whether an imported name is Optax, is of it, or is of a text that may use it. */
function isOfSchedules(machine: Machine, name: string, scope: Scope): boolean {
  const value = ownName(scope, name);
  if (value === undefined || !isObject(value)) return false;
  switch (value.kind) {
    case 'module':
      return value.name === 'optax' || value.path !== undefined;
    case 'native':
      return machine.library('optax')?.member(value.name) === value;
    case 'function':
    case 'class':
      return machine.texts.has(value.module);
    default:
      return false;
  }
}

function spanOf({ span }: InterpretedFunction): Span {
  return span;
}

/** Parameters that are annotated with a configuration of the text get one with its defaults. */
export function callWithUnknowns(machine: Machine, defined: InterpretedFunction): Value {
  const keywords = new Map<string, Value>();
  const positional: Value[] = [];
  for (const [i, { name, annotation, form }] of defined.parameters.entries()) {
    if (i === 0 && defined.owner && form === 'positional' && name === 'self') {
      positional.push(exampleOf(machine, defined.owner));
      continue;
    }
    if (!annotation || defined.defaults.has(name) || form === '*' || form === '**') continue;
    const type = evaluateAnnotation(machine, annotation, defined.scope);
    if (type !== undefined && isObject(type) && type.kind === 'class' && type.form !== 'plain') {
      keywords.set(name, exampleOf(machine, type));
    }
  }
  return callFunction(machine, defined, { positional, keywords, uncalled: true });
}
