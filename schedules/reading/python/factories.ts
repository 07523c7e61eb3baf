import type { Span } from '../../checking/finding.ts';
import { callFunction, placeOf } from './machine/calls.ts';
import { exampleOf } from './machine/classes.ts';
import { within, type Machine } from './machine/machine.ts';
import { isStepName, requiredParameters } from './schedules/handWritten.ts';
import type { FactoryResult } from './schedules/listing.ts';
import { ownName, type Scope } from './machine/scope.ts';
import { isObject, type InterpretedFunction, type Value } from './values/value.ts';
import { evaluateAnnotation } from './machine/annotations.ts';
import { countNames } from './training.ts';

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
    if (scope.kind === 'function' && isOfStep(defined)) continue;
    within(machine, functionBudget, () => {
      const value = callWithUnknowns(machine, defined);
      if (scope.kind !== 'function')
        results.push({ name: defined.name, value, span: spanOf(defined) });
    });
  }
  return results;
}

/**
 * Tells whether a function can have to do with schedules: it names Optax, something that holds what
 * is of Optax, or another function or class of the text that has to do with them; it may be written
 * to be a schedule, or to make one; or it says how long is trained.
 */
function relevance(machine: Machine, module: Scope): (defined: InterpretedFunction) => boolean {
  const text = machine.texts.get(machine.mainModule) ?? '';
  const { functions, classes } = machine.journal;
  const isByItself = (one: InterpretedFunction): boolean => makesOrCounts.test(textOf(one, text));
  const bound = [...module.imports.keys(), ...module.variables.keys()];
  const relevant = new Set([
    'optax',
    ...bound.filter((name) => isOfSchedules(machine, ownName(module, name))),
    ...functions.flatMap(({ defined }) =>
      isByItself(defined) || isOfStep(defined) ? [defined.name] : [],
    ),
  ]);
  const named = [...functions.map(({ defined }) => defined), ...classes];
  for (let latest = [...relevant]; latest.length > 0;) {
    const places = [...text.matchAll(new RegExp(anyOf(latest), 'g'))].map(({ index }) => index);
    latest = named.flatMap(({ name, span }) =>
      !relevant.has(name) && places.some((place) => span.from <= place && place < span.to)
        ? [name]
        : [],
    );
    for (const name of latest) relevant.add(name);
  }
  const names = new RegExp(anyOf([...relevant]));
  return (defined) => isByItself(defined) || names.test(textOf(defined, text));
}

/** A function within a function, which may be a schedule, or a count that the training is known by. */
const makesOrCounts = new RegExp(
  String.raw`\b(?:def|lambda|${Object.values(countNames).flat().join('|').replaceAll('_', '[-_]')})\b`,
  'i',
);

/** Whether all that a function has to be given is a step, as a schedule has. */
function isOfStep(defined: InterpretedFunction): boolean {
  const [only, ...others] = requiredParameters(defined);
  return only !== undefined && others.length === 0 && isStepName(only.name);
}

/** Of a function what is behind its name. */
function textOf({ definition, origin, span }: InterpretedFunction, text: string): string {
  const from = definition.kind === 'function' ? origin + definition.nameSpan.to : span.from;
  return text.slice(from, span.to);
}

/** A pattern of some names as whole words. */
function anyOf(names: readonly string[]): string {
  return `(?<![\\w.])(?:${names.filter((name) => /^\w+$/.test(name)).join('|')})(?!\\w)`;
}

/** Whether a value is of Optax, may hold what is, or is of another text that may use it. */
function isOfSchedules(machine: Machine, value: Value | undefined): boolean {
  if (value === undefined || !isObject(value)) return false;
  switch (value.kind) {
    case 'module':
      return value.name === 'optax' || value.path !== undefined;
    case 'native':
      return value.partial !== undefined || machine.library('optax')?.member(value.name) === value;
    case 'function':
    case 'class':
      // Those of the text itself are told by what they name.
      return value.module !== machine.mainModule;
    case 'list':
    case 'tuple':
    case 'dict':
    case 'instance':
    case 'method':
    case 'schedule':
    case 'transformation':
    case 'assumed':
    case 'fork':
      return true;
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
