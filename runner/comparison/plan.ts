import { readFile } from 'node:fs/promises';
import type { Schedule } from '../../schedules/schedule.ts';
import { writeDurably } from '../durableFile.ts';
import { InputError } from '../inputError.ts';
import type { OptimizerSettings, RunSummary, TrainingSettings } from '../protocol.ts';
import { batchesPerEpoch } from '../training/loop.ts';
import type { Perturbation } from '../training/start.ts';

/** What is trained under one schedule. */
export interface PlannedRun {
  /** Unique in its plan. */
  readonly run: string;
  /** The function of Optax that made the schedule. */
  readonly function: string;
  /** One float32 rate per optimizer step: the trainer never evaluates a schedule. */
  readonly learningRates: Float32Array;
  /** Where it trains with another optimizer than the others. */
  readonly optimizer?: OptimizerSettings;
  /** Of the starting weights; none but where the effect of one is studied. */
  readonly perturbation?: Perturbation | undefined;
}

/** All that decides the figures of a comparison. */
export interface Plan {
  readonly comparison: string;
  readonly settings: TrainingSettings;
  readonly runs: readonly PlannedRun[];
}

export interface NamedSchedule {
  readonly name: string;
  readonly function: string;
  readonly schedule: Schedule;
  readonly optimizer?: OptimizerSettings;
}

/** A plan holds a rate for every step, so it has to fit into memory; this is months of training. */
const mostSteps = 10_000_000;

/**
 * Plans one run per schedule.
 *
 * @throws InputError for a rate that is not finite, two schedules of one name, or nothing to train.
 */
export function makePlan(
  comparison: string,
  schedules: readonly NamedSchedule[],
  settings: TrainingSettings,
): Plan {
  if (schedules.length === 0) throw new InputError('There is no schedule to compare.');
  const names = schedules.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new InputError(`Two schedules are called '${twice}': give one of them another name.`);
  }
  const steps = settings.epochs * batchesPerEpoch(settings);
  if (steps > mostSteps) {
    throw new InputError(
      `${settings.epochs} epochs are ${steps} steps; a run can have ${mostSteps}: train for fewer epochs.`,
    );
  }
  const runs = schedules.map(({ name, function: f, schedule, optimizer }) => {
    const learningRates = Float32Array.from({ length: steps }, (_, step) => schedule(step));
    const bad = learningRates.findIndex((rate) => !Number.isFinite(rate));
    if (bad >= 0) {
      const rate = learningRates[bad] ?? NaN;
      throw new InputError(
        `The rate of '${name}' is ${rate} at step ${bad}: change its arguments, or leave it out with --only.`,
      );
    }
    return { run: name, function: f, learningRates, ...(optimizer && { optimizer }) };
  });
  return { comparison, settings, runs };
}

export function summaryOf({ run, function: f, learningRates }: PlannedRun): RunSummary {
  return { run, name: run, function: f, totalSteps: learningRates.length };
}

/** Nine digits tell every float32 apart. */
const shortest = (rate: number): number => Number(rate.toPrecision(9));

export async function writePlan(path: string, plan: Plan): Promise<void> {
  const runs = plan.runs.map((run) => ({
    ...run,
    learningRates: Array.from(run.learningRates, shortest),
  }));
  const lines = runs.map((run) => `    ${JSON.stringify(run)}`).join(',\n');
  const { comparison, settings } = plan;
  const head = JSON.stringify({ comparison, settings }, null, 2).slice(0, -2);
  await writeDurably(path, `${head},\n  "runs": [\n${lines}\n  ]\n}\n`);
}

/** @throws InputError where there is no plan, or it is damaged. */
export async function readPlan(path: string): Promise<Plan> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InputError(`${path} cannot be read; is this the folder of a comparison?`);
  });
  const plan = parsedPlan(text);
  if (!plan) throw new InputError(`${path} is damaged: it is not the plan of a comparison.`);
  const runs = plan.runs.map((run) => ({
    ...run,
    learningRates: Float32Array.from(run.learningRates),
  }));
  return { ...plan, runs };
}

/** A plan as JSON holds it. */
interface StoredPlan extends Omit<Plan, 'runs'> {
  readonly runs: readonly (Omit<PlannedRun, 'learningRates'> & {
    readonly learningRates: readonly number[];
  })[];
}

function parsedPlan(text: string): StoredPlan | undefined {
  try {
    const plan = JSON.parse(text) as StoredPlan;
    const isWhole =
      typeof plan.comparison === 'string' &&
      Number.isSafeInteger(plan.settings.epochs) &&
      plan.runs.every(
        ({ run, function: f, learningRates }) =>
          typeof run === 'string' && typeof f === 'string' && learningRates.every(Number.isFinite),
      );
    return isWhole ? plan : undefined;
  } catch {
    return undefined;
  }
}
