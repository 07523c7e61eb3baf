import type { Finding, Span } from '../checking/finding.ts';
import type { RawArguments } from '../optax/binding.ts';
import type { PhasedSchedule } from '../optax/phases.ts';

/** A value that nothing in the code gives: assumed from the argument's role. */
export interface Assumption {
  readonly name: string;
  readonly value: number | boolean | string;
  /** Why this value: a sentence. */
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

/** A call of one of Optax's schedule functions, wherever it stands in the text. */
export interface ScheduleCall {
  readonly function: string;
  readonly span: Span;
  /** What it is given, by Optax's names, without defaults. */
  readonly arguments: RawArguments;
  /** Where each argument that the call writes stands: its value alone. */
  readonly argumentSpans: Readonly<Record<string, Span>>;
  /** Of arguments that are given by a name that stands for a literal, as `peak` after `peak = 1e-3`. */
  readonly namedLiterals?: Readonly<Record<string, NamedLiteral>>;
  /** Null where Optax would refuse it. */
  readonly schedule: PhasedSchedule | null;
  readonly assumptions: readonly Assumption[];
  /** The text asks it for rates itself, with steps or epochs as it likes. */
  readonly isAsked?: true;
}

/** A literal that stands behind a name: a change of it is one of all that uses the name. */
export interface NamedLiteral {
  readonly name: string;
  /** Of the literal. */
  readonly span: Span;
}

/** An optimizer that is given a learning rate: a schedule or a number. */
export interface Use {
  /** The name of the definition that it is given, or the optimizer's own; unique in its reading. */
  readonly name: string;
  /** The function of Optax, such as `adamw`. */
  readonly optimizer: string;
  /** The call of the optimizer. */
  readonly span: Span;
  /** The learning rate in that call. */
  readonly rateSpan?: Span;
  /** Null where the rate is a schedule that Optax would refuse, or nothing is known of it. */
  readonly learningRate: PhasedSchedule | null;
  /** The listed definition that it is given, if it is one. */
  readonly definition?: string;
  /** Other listed definitions that the rate is multiplied by, in a chain. */
  readonly factors?: readonly string[];
  /** The chain that it is a part of, such as `chain(scale_by_yogi, scale_by_learning_rate)`. */
  readonly chain?: string;
  readonly assumptions: readonly Assumption[];
  /** What a comparison trains with; absent where it has no such optimizer. */
  readonly choice?: OptimizerChoice;
  /** What that leaves out: `MultiSteps` around it, or its `mask`. */
  readonly leftOut?: readonly string[];
  readonly clipByGlobalNorm?: number;
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
  /** Optimizer steps of an epoch, where the text says so itself. */
  readonly stepsPerEpoch?: number;
  readonly lossReduction?: 'sum' | 'mean';
  readonly optimizer?: OptimizerChoice;
  readonly clipByGlobalNorm?: number;
}

/** Everything that was understood of a text, however broken it is. */
export interface Reading {
  readonly definitions: readonly Definition[];
  /** Every schedule that is made, parts of others included. */
  readonly calls: readonly ScheduleCall[];
  readonly uses: readonly Use[];
  /**
   * Calls that the program, with the values that it has, does not come to, as those in a branch that
   * a default leaves out. They are looked for when they are asked for.
   */
  readonly unreachedCalls?: () => readonly ScheduleCall[];
  readonly findings: readonly Finding[];
  readonly training: TrainingFacts;
  /** Names whose values can be set from outside, in the order of the text. */
  readonly names: readonly string[];
  /** The versions of Optax that the project requires, such as `==0.1.4` or `<0.2`. */
  readonly pinnedOptax?: string;
}

/** Values from outside for names of the text: Python expressions by name. */
export type Settings = Readonly<Record<string, string>>;

/** Gives every definition a name of its own: the second `warmup` becomes `warmup#2`. */
export function withUniqueNames<Named extends { readonly name: string }>(
  definitions: readonly Named[],
): readonly Named[] {
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
