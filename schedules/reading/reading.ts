import type { Finding, Span } from '../checking/finding.ts';
import type { PhasedSchedule } from '../optax/phases.ts';

/** A value that nothing in the code gives: assumed from the argument's role. */
export interface Assumption {
  readonly name: string;
  readonly value: number;
  readonly why: string;
}

/** A schedule that a text defines. */
export interface Definition {
  /** Unique in its reading: a second one of the same name is `name#2`. */
  readonly name: string;
  /** The function of Optax that makes it. */
  readonly function: string;
  /** Where it is defined. */
  readonly span: Span;
  /** Null where Optax would refuse it; a finding says why. */
  readonly schedule: PhasedSchedule | null;
  readonly assumptions: readonly Assumption[];
}

/** An optimizer of Optax with its arguments, as data. */
export interface OptimizerChoice {
  readonly name: string;
  readonly args: Readonly<Record<string, number | boolean | null>>;
}

/** What a text says of the training that its schedules are for; what it is silent on is absent. */
export interface TrainingFacts {
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly trainExamples?: number;
  readonly testExamples?: number;
  readonly seed?: number;
  readonly lossReduction?: 'sum' | 'mean';
  readonly optimizer?: OptimizerChoice;
  readonly clipByGlobalNorm?: number;
}

/** Everything that was understood of a text, however broken it is. */
export interface Reading {
  readonly definitions: readonly Definition[];
  readonly findings: readonly Finding[];
  readonly training: TrainingFacts;
  /** Names whose values can be set from outside, in the order of the text. */
  readonly names: readonly string[];
}

/** Values from outside for names of the text: Python expressions by name. */
export type Settings = Readonly<Record<string, string>>;

/** Gives every definition a name of its own: the second `warmup` becomes `warmup#2`. */
export function withUniqueNames(definitions: readonly Definition[]): readonly Definition[] {
  const taken = new Set<string>();
  const uses = new Map<string, number>();
  return definitions.map((definition) => {
    let name = definition.name;
    let n = uses.get(name) ?? 1;
    for (; taken.has(name); n++) name = `${definition.name}#${n + 1}`;
    uses.set(definition.name, n);
    taken.add(name);
    return { ...definition, name };
  });
}
