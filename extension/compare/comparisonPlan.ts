import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  comparableSchedules,
  otherOptimizers,
  reducedOptimizers,
  unusedSchedules,
  withFileNames,
  type ComparableSchedule,
} from '../../schedules/comparing/comparable.ts';
import {
  comparisonTraining,
  defaultOptimizer,
  stepsOf,
  type TrainingChoices,
} from '../../schedules/comparing/training.ts';
import { whatIfSettings } from '../../schedules/language/whatIf.ts';
import type { TrainingFacts } from '../../schedules/reading/reading.ts';
import type { RequestedRun, StartRequest, TrainingSettings } from '../../runner/protocol.ts';
import type { Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';

/** What a person says of a comparison; what is absent is as the files say, or by default. */
export interface ComparisonChoices extends TrainingChoices {
  /** By their names; absent: all that optimizers are given. */
  readonly schedules?: readonly string[];
  readonly engine?: string;
  /** The name of one for all runs. */
  readonly optimizer?: string;
  readonly seeds?: number;
  readonly parallel?: number;
  readonly fresh?: boolean;
}

export interface Candidate extends ComparableSchedule {
  /** The file that has it. */
  readonly source: Source;
  /** Whether an optimizer is given it, or there is none. */
  readonly isUsed: boolean;
}

/** What choices come to. */
export interface ComparisonPlan {
  /** All that could be compared. */
  readonly candidates: readonly Candidate[];
  readonly chosen: readonly Candidate[];
  readonly settings: TrainingSettings;
  /** Optimizers of the code that no comparison has: sgd stands in. */
  readonly otherOptimizers: readonly string[];
  /** Those that it trains without a part of them. */
  readonly reducedOptimizers: readonly string[];
  readonly choices: ComparisonChoices;
}

/** Reads what is compared with some choices: schedules follow the epochs where the code has a name for them. */
export function comparisonPlan(
  sources: Sources,
  files: readonly Source[],
  choices: ComparisonChoices,
): ComparisonPlan {
  const read = files.map((file) => followed(sources, file, choices));
  const candidates = candidatesOf(read);
  const chosen = candidates.filter(
    ({ name, isUsed }) => choices.schedules?.includes(name) ?? isUsed,
  );
  const facts = read.reduce<TrainingFacts>((all, file) => ({ ...all, ...file.read.training }), {});
  const training = comparisonTraining(facts, choices);
  const others = new Set(read.flatMap(({ read }) => otherOptimizers(read)));
  const reduced = new Set(read.flatMap(({ read }) => reducedOptimizers(read)));
  const optimizers = { otherOptimizers: [...others], reducedOptimizers: [...reduced] };
  const plan = { candidates, choices, ...optimizers };
  if (choices.optimizer !== undefined) {
    const optimizer = { ...training.optimizer, ...defaultOptimizer(choices.optimizer) };
    const settings = { ...training, optimizer };
    return { ...plan, chosen: chosen.map(withoutOptimizer), settings };
  }
  const [first] = chosen;
  const isSame = chosen.every(
    ({ optimizer }) => JSON.stringify(optimizer) === JSON.stringify(first?.optimizer),
  );
  // One that all are given is the comparison's.
  if (!isSame || !first?.optimizer) return { ...plan, chosen, settings: training };
  const settings = { ...training, optimizer: first.optimizer };
  return { ...plan, chosen: chosen.map(withoutOptimizer), settings };
}

/** The names of the optimizers that a plan trains with. */
export function optimizerNames({ chosen, settings }: ComparisonPlan): readonly string[] {
  return [...new Set(chosen.map(({ optimizer }) => (optimizer ?? settings.optimizer).name))];
}

/** Runs of a plan, with each schedule under as many seeds as are wanted. */
export function runCount({ chosen, choices }: ComparisonPlan): number {
  return chosen.length * (choices.seeds ?? 1);
}

function followed(sources: Sources, file: Source, choices: ComparisonChoices): Source {
  const { epochs = null, batchSize = null } = choices;
  const settings = whatIfSettings({ epochs, batchSize }, file.read.names, file.read.training);
  if (Object.keys(settings).length === 0) return file;
  return { ...file, read: sources.readWith(file, settings) };
}

function candidatesOf(files: readonly Source[]): readonly Candidate[] {
  return withFileNames(
    files.map((source) => ({
      file: basename(source.uri.path),
      schedules: [
        ...comparableSchedules(source.read).map((one) => ({ ...one, source, isUsed: true })),
        ...unusedSchedules(source.read).map((one) => ({ ...one, source, isUsed: false })),
      ],
    })),
  );
}

function withoutOptimizer({ optimizer: _, ...candidate }: Candidate): Candidate {
  return candidate;
}

/**
 * What a runner is asked to train.
 *
 * @throws Error for a rate that is not finite.
 */
export async function startRequest(plan: ComparisonPlan, folder: string): Promise<StartRequest> {
  const { settings, choices } = plan;
  const { engine, seeds, parallel, fresh } = choices;
  const runs: RequestedRun[] = [];
  for (const candidate of plan.chosen) runs.push(await requestedRun(candidate, stepsOf(settings)));
  return {
    ...{ type: 'start', folder, settings, runs },
    ...(engine !== undefined && { engine }),
    ...(seeds !== undefined && { seeds }),
    ...(parallel !== undefined && { parallel }),
    ...(fresh !== undefined && { fresh }),
  };
}

async function requestedRun(candidate: Candidate, steps: number): Promise<RequestedRun> {
  const { name, function: f, optimizer, form, source } = candidate;
  return {
    name,
    function: f,
    learningRates: await learningRates(candidate, steps),
    ...(optimizer && { optimizer }),
    ...(source.uri.scheme === 'file' && { source: source.uri.fsPath }),
    ...(form && { definition: { ...form } }),
  };
}

/** Milliseconds of computing after which others get their turn. */
const longestTurn = 8;

/** A rate for each step, as the float32 that Optax gives. */
async function learningRates({ name, schedule }: Candidate, steps: number) {
  const rates: number[] = [];
  let since = performance.now();
  for (let step = 0; step < steps; step++) {
    const rate = schedule.schedule(step);
    if (!Number.isFinite(rate)) {
      throw new Error(
        `The rate of '${name}' is ${rate} at step ${step}: change its arguments, or leave it out.`,
      );
    }
    rates.push(rate);
    if (step % 256 > 0 || performance.now() - since < longestTurn) continue;
    await setImmediate();
    since = performance.now();
  }
  return rates;
}
