import { open, readFile } from 'node:fs/promises';
import type { Schedule } from '../../schedules/schedule.ts';
import { writeDurably } from '../durableFile.ts';
import { InputError } from '../inputError.ts';
import type { OptimizerSettings, RequestedRun, RunSummary, TrainingSettings } from '../protocol.ts';
import { batchesPerEpoch } from '../training/epochs.ts';
import type { Perturbation } from '../training/start.ts';

/** Where a schedule comes from, which does not change what is trained. */
type Origin = Pick<RequestedRun, 'source' | 'definition'>;

/** What is trained under one schedule, from the weights of one seed. */
export interface PlannedRun extends Origin {
  /** Unique in its plan. */
  readonly run: string;
  readonly schedule: string;
  readonly seed: number;
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
  /** Whether every run is trained, also one that another comparison has trained. */
  readonly fresh?: boolean;
  /** The engine that it began with; one that goes on prefers the last that trained. */
  readonly engine?: string;
}

export interface NamedSchedule extends Origin {
  readonly name: string;
  readonly function: string;
  readonly schedule: Schedule;
  readonly optimizer?: OptimizerSettings;
}

/** A plan holds a rate for every step, so it has to fit into memory; this is months of training. */
const mostSteps = 10_000_000;

/**
 * Plans a run per schedule and seed: all schedules under the settings' seed, then under the next
 * one, so that what is stopped early has compared all schedules under the first seeds.
 *
 * @throws InputError for a rate that is not finite, two schedules of one name, or nothing to train.
 */
export function makePlan(
  comparison: string,
  schedules: readonly NamedSchedule[],
  settings: TrainingSettings,
  seeds = 1,
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
  const once = schedules.map(({ name, schedule, ...others }) => {
    const learningRates = Float32Array.from({ length: steps }, (_, step) => schedule(step));
    const bad = learningRates.findIndex((rate) => !Number.isFinite(rate));
    if (bad >= 0) {
      const rate = learningRates[bad] ?? NaN;
      throw new InputError(
        `The rate of '${name}' is ${rate} at step ${bad}: change its arguments, or leave it out with --only.`,
      );
    }
    return { schedule: name, ...others, learningRates };
  });
  const runs = Array.from({ length: seeds }, (_, i) => settings.seed + i).flatMap((seed) =>
    once.map((planned) => {
      const run = seeds === 1 ? planned.schedule : `${planned.schedule} (seed ${seed})`;
      return { run, seed, ...planned };
    }),
  );
  return { comparison, settings, runs };
}

export function summaryOf(planned: PlannedRun): RunSummary {
  const { run, schedule, seed, function: f, learningRates, source, definition } = planned;
  return {
    ...{ run, name: run, schedule, seed, function: f, totalSteps: learningRates.length },
    ...(source !== undefined && { source }),
    ...(definition && { definition }),
  };
}

/** What a run trains with: the settings of all, but for what it has of its own. */
export function settingsOfRun({ settings }: Plan, { seed, optimizer }: PlannedRun) {
  return { ...settings, seed, ...(optimizer && { optimizer }) };
}

/** Nine digits tell every float32 apart. */
const shortest = (rate: number): number => Number(rate.toPrecision(9));

export async function writePlan(path: string, plan: Plan): Promise<void> {
  const runs = plan.runs.map((run) => ({
    ...run,
    learningRates: Array.from(run.learningRates, shortest),
  }));
  const lines = runs.map((run) => `    ${JSON.stringify(run)}`).join(',\n');
  const { comparison, settings, fresh, engine } = plan;
  const start = JSON.stringify({ comparison, settings, fresh, engine }, null, 2).slice(0, -2);
  await writeDurably(path, `${start},\n  "runs": [\n${lines}\n  ]\n}\n`);
}

/** @throws InputError where there is no plan, or it is damaged. */
export async function readPlan(path: string): Promise<Plan> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw unreadable(path);
  });
  const plan = parsedPlan(text);
  if (!plan) throw damaged(path);
  const runs = plan.runs.map((run) => ({
    ...run,
    learningRates: Float32Array.from(run.learningRates),
  }));
  return { ...plan, runs };
}

/**
 * Whether a plan is there with both ends: quicker than to read it, and enough to list it.
 *
 * @throws InputError where it is not.
 */
export async function requireWholePlan(path: string): Promise<void> {
  const file = await open(path).catch(() => {
    throw unreadable(path);
  });
  try {
    const { size } = await file.stat();
    const [start, end] = [Buffer.alloc(1), Buffer.alloc(2)];
    await file.read(start, 0, 1, 0);
    await file.read(end, 0, 2, Math.max(0, size - 2));
    if (start.toString() !== '{' || end.toString() !== '}\n') throw damaged(path);
  } finally {
    await file.close();
  }
}

const unreadable = (path: string): InputError =>
  new InputError(`${path} cannot be read; is this the folder of a comparison?`);

const damaged = (path: string): InputError =>
  new InputError(`${path} is damaged: it is not the plan of a comparison.`);

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
        ({ run, schedule, seed, function: f, learningRates }) =>
          [run, schedule, f].every((text) => typeof text === 'string') &&
          Number.isSafeInteger(seed) &&
          learningRates.every(Number.isFinite),
      );
    return isWhole ? plan : undefined;
  } catch {
    return undefined;
  }
}
