import type { Span } from '../../checking/finding.ts';
import { findScheduleFunction, scheduleFunctions } from '../../optax/catalog.ts';
import { callWithUnknowns } from './factories.ts';
import { run } from './machine/execution.ts';
import type { Creation } from './machine/journal.ts';
import { within, type Machine } from './machine/machine.ts';
import type { Scope } from './machine/scope.ts';
import type { CallExpression, Chunk } from './syntax/syntax.ts';
import { callsIn } from './syntax/walking.ts';

/** What it may take to come to one call. */
const budget = 10_000;
const mostCalls = 60;
/** Milliseconds for all of them. */
const longest = 100;

/**
 * Comes to the calls of schedule functions that the program, with the values that it has, does not
 * come to: those in a branch that a default leaves out have a curve as well.
 */
export function reachCalls(
  machine: Machine,
  chunks: readonly Chunk[],
  scope: Scope,
): readonly Creation[] {
  const { creations } = machine.journal;
  const before = creations.length;
  machine.remaining = mostCalls * budget;
  machine.deadline = Date.now() + longest;
  const reached = new Set(
    creations
      .filter(({ site }) => site?.module === machine.mainModule)
      .map(({ site }) => site?.from),
  );
  const names = placesOfNames(machine.texts.get(machine.mainModule) ?? '');
  const missed = chunks
    .flatMap(({ from: origin, body }): Span[] => {
      const isOfInterest = ({ from, to }: Span): boolean =>
        names.some((place) => origin + from <= place && place < origin + to);
      return [...callsIn(body, isOfInterest)]
        .filter(isOfSchedule)
        .map(({ from, to }) => ({ from: origin + from, to: origin + to }));
    })
    .filter(({ from }) => !reached.has(from));
  try {
    for (const target of missed.slice(0, mostCalls)) {
      machine.target = target;
      within(machine, budget, () => {
        goTo(machine, target, chunks, scope);
      });
    }
  } catch (error) {
    if (!machine.isStop(error)) throw error;
  } finally {
    delete machine.target;
  }
  return creations.slice(before);
}

const scheduleName = new RegExp(
  `\\b(?:${scheduleFunctions.map(({ name }) => name).join('|')})\\(`,
  'g',
);

/** Where a text has the name of a schedule function before a bracket. */
function placesOfNames(text: string): readonly number[] {
  return [...text.matchAll(scheduleName)].map(({ index }) => index).slice(0, mostPlaces);
}

const mostPlaces = 1000;

/** Whether a call looks like one of Optax's schedule functions: `optax.NAME(...)` or `NAME(...)`. */
function isOfSchedule({ callee }: CallExpression): boolean {
  return (
    (callee.kind === 'attribute' || callee.kind === 'name') &&
    findScheduleFunction(callee.name) !== undefined
  );
}

/** Runs the innermost function around a place, or the statement of the module that it is in. */
function goTo(machine: Machine, target: Span, chunks: readonly Chunk[], scope: Scope): void {
  const holds = ({ from, to }: Span): boolean => from <= target.from && target.to <= to;
  const around = machine.journal.functions
    .filter(({ defined }) => holds(defined.span))
    .sort((a, b) => b.defined.span.from - a.defined.span.from)[0];
  if (around) callWithUnknowns(machine, around.defined);
  else run(machine, chunks.filter(holds), scope);
}
