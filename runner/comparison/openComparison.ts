import { InputError } from '../inputError.ts';
import { lockOwner } from '../lock.ts';
import type { ComparisonStarted, RunSummary } from '../protocol.ts';
import type { ComparisonFolder } from './folder.ts';
import type { JournalPlace } from './journal.ts';
import { readPlan, type Plan } from './plan.ts';
import { readCorrectImages, type CorrectImages } from './predictions.ts';
import type { ComparisonState, RunState } from './runStates.ts';
import type { PastEvent } from './stepsLine.ts';
import { readTitle } from './title.ts';

/**
 * A comparison that is looked at: one, or several as one. Of several, runs and schedules have the name
 * of their comparison before their own.
 */
export interface OpenComparison {
  readonly parts: readonly Part[];
}

/** One of the comparisons that are open. */
export interface Part {
  readonly folder: ComparisonFolder;
  /** Before the names of its runs and schedules: empty where it is alone. */
  readonly prefix: string;
  /** What its events have told so far, under its own names. */
  state: ComparisonState;
  /** Up to where its journal was read for that. */
  read: JournalPlace;
}

/** What people call what is open. */
export async function titleOfOpen({ parts }: OpenComparison): Promise<string> {
  const titles = parts.map(({ folder, state }) => titleOf(folder, state.started));
  return (await Promise.all(titles)).join(', ');
}

/** Whether another process trains some of what is open to be looked at. */
export async function isUsedByOthers({ parts }: OpenComparison): Promise<boolean> {
  const owners = await Promise.all(parts.map(({ folder }) => lockOwner(folder.lock)));
  return owners.some((owner) => owner !== undefined && owner.process !== process.pid);
}

/** What people call a comparison. */
export async function titleOf(
  folder: ComparisonFolder,
  { comparison }: Pick<ComparisonStarted, 'comparison'>,
): Promise<string> {
  return (await readTitle(folder)) ?? comparison;
}

/**
 * The start of several comparisons as of one.
 *
 * @throws InputError where they were not tested on the same images.
 */
export function joinedStart(
  starts: readonly { readonly prefix: string; readonly started: ComparisonStarted }[],
): ComparisonStarted {
  const [first, ...others] = starts.map(({ started }) => started);
  if (!first) throw new InputError('There is no comparison to open.');
  const other = others.find(
    ({ settings }) => settings.testExamples !== first.settings.testExamples,
  );
  if (other) {
    const [a, b] = [first, other].map(
      ({ comparison, settings }) => `${comparison} on ${settings.testExamples}`,
    );
    throw new InputError(
      `Only comparisons that were tested on the same images can be looked at as one, but ${a} were ` +
        `tested ${b}.`,
    );
  }
  const together = (of: (started: ComparisonStarted) => string): string =>
    [...new Set(starts.map(({ started }) => of(started)))].join(', ');
  return {
    ...first,
    comparison: together(({ comparison }) => comparison),
    engine: together(({ engine }) => engine),
    device: together(({ device }) => device),
    runs: starts.flatMap(({ prefix, started }) =>
      started.runs.map((run) => ({ ...renamed(run, prefix), name: prefix + run.name })),
    ),
  };
}

/** A run under the name that it has among those of other comparisons. */
export function renamed<T extends RunState | RunSummary>(run: T, prefix: string): T {
  return { ...run, run: prefix + run.run, schedule: prefix + run.schedule };
}

/** The states of all parts as one. */
export function joinedState({ parts }: OpenComparison): ComparisonState {
  const [only, ...others] = parts;
  if (only && others.length === 0) return only.state;
  const starts = parts.map(({ prefix, state }) => ({ prefix, started: state.started }));
  const runs = parts.flatMap(({ prefix, state }) =>
    [...state.runs.values()].map((run) => renamed(run, prefix)),
  );
  const total = (seconds: readonly number[]): number => seconds.reduce((a, b) => a + b, 0);
  const seconds = parts.flatMap(({ state }) => state.seconds ?? []);
  return {
    started: joinedStart(starts),
    runs: new Map(runs.map((run) => [run.run, run])),
    ...(seconds.length === parts.length && { seconds: total(seconds) }),
    secondsBefore: total(parts.map(({ state }) => state.secondsBefore)),
    paused: false,
  };
}

/** Which test images the completed runs of all parts classify correctly. */
export async function joinedCorrectImages({ parts }: OpenComparison): Promise<CorrectImages> {
  const images = parts.map(async ({ folder, prefix, state }) => {
    const own = await readCorrectImages(folder, state);
    return [...own].map(([run, correct]) => [prefix + run, correct] as const);
  });
  return new Map((await Promise.all(images)).flat());
}

/** The plans of all parts, with the names that runs and schedules have among others. */
export async function joinedPlans({ parts }: OpenComparison): Promise<readonly Plan[]> {
  const plans = parts.map(async ({ folder, prefix }) => {
    const plan = await readPlan(folder.plan);
    return {
      ...plan,
      runs: plan.runs.map((run) => ({
        ...run,
        run: prefix + run.run,
        schedule: prefix + run.schedule,
      })),
    };
  });
  return Promise.all(plans);
}

/** The run that has such a name, with its part and the name that it has there. */
export function ownRun(
  { parts }: OpenComparison,
  name: string,
): { readonly part: Part; readonly run: RunState } | undefined {
  for (const part of parts) {
    const run = name.startsWith(part.prefix)
      ? part.state.runs.get(name.slice(part.prefix.length))
      : undefined;
    if (run) return { part, run };
  }
  return undefined;
}

/** An event under the name that its run has among those of other comparisons. */
export function renamedEvent<T extends PastEvent>(event: T, prefix: string): T {
  return 'run' in event ? { ...event, run: prefix + event.run } : event;
}
