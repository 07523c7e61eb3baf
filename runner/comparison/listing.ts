import { readdirSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError, messageOf, systemErrorCode } from '../inputError.ts';
import { lockOwner } from '../lock.ts';
import type { KeptComparison } from '../protocol.ts';
import { comparisonFolder, type ComparisonFolder } from './folder.ts';
import { readJournal, withoutSteps } from './journal.ts';
import { readPlan, requireWholePlan, summaryOf } from './plan.ts';
import { afterEvent, stateAtStart, type ComparisonState } from './runStates.ts';
import { outcomeOf } from './session.ts';
import { resultsOf } from './statistics/results.ts';
import { readTitle } from './title.ts';

/** What the files of a comparison tell. */
interface Told {
  /** Another one where they have changed. */
  readonly stamp: string;
  readonly state: ComparisonState | undefined;
  readonly problem: string | null;
  readonly bytes: number;
}

/** By folder, so that files that have not changed are not read again. */
const known = new Map<string, Told>();

/**
 * The comparisons in a folder such as `.anneal`, the newest first, those too that cannot be read; none
 * where there is no such folder. Steps, which are nearly all of a journal, are passed over.
 *
 * @throws InputError where the folder cannot be read.
 */
export async function listComparisons(path: string): Promise<readonly KeptComparison[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new InputError(`${path} cannot be read; is it a folder of comparisons?`);
  });
  const listed: KeptComparison[] = [];
  // One after the other: many journals at once would need much memory.
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const one = await listedComparison(comparisonFolder(resolve(path, entry.name)));
    if (one) listed.push(one);
  }
  return listed.sort((a, b) => b.started - a.started);
}

async function listedComparison(folder: ComparisonFolder): Promise<KeptComparison | undefined> {
  const [plan, events] = await Promise.all(
    [folder.plan, folder.events].map((path) => stat(path).catch(() => undefined)),
  );
  // The plan is written when a comparison starts, and never again.
  const first = plan ?? events;
  if (!first) return undefined;
  const stamp = [plan, events].map((file) => `${file?.size} ${file?.mtimeMs}`).join();
  const before = known.get(folder.path);
  const told = before?.stamp === stamp ? before : await readAgain(folder, stamp);
  known.set(folder.path, told);

  const { state, problem, bytes } = told;
  const comparison = state?.started.comparison ?? basename(folder.path);
  const runs = [...(state?.runs.values() ?? [])];
  return {
    folder: folder.path,
    comparison,
    title: (await readTitle(folder)) ?? comparison,
    started: first.mtimeMs,
    status: await statusOf(folder, told),
    problem,
    schedules: new Set(runs.map(({ schedule }) => schedule)).size,
    runs: runs.length,
    epochs: state?.started.settings.epochs ?? 0,
    best: state ? bestOf(state) : null,
    bytes,
  };
}

async function readAgain(folder: ComparisonFolder, stamp: string): Promise<Told> {
  const bytes = bytesBelow(folder.path);
  try {
    await requireWholePlan(folder.plan);
    return { stamp, bytes, state: await stateOf(folder), problem: null };
  } catch (error) {
    return { stamp, bytes, state: undefined, problem: messageOf(error) };
  }
}

/** A comparison that ended before it began has no journal, and can still be gone on with. */
async function stateOf({ plan, events }: ComparisonFolder): Promise<ComparisonState> {
  const isThere = await stat(events).catch(() => undefined);
  const journal = isThere ? await readJournal(events, { read: withoutSteps }) : [];
  const state = journal.reduce<ComparisonState | undefined>(afterEvent, undefined);
  if (state) return state;
  const { comparison, settings, runs, engine = '' } = await readPlan(plan);
  const started = { comparison, settings, engine, device: '', runs: runs.map(summaryOf) };
  return stateAtStart({ type: 'comparisonStarted', ...started });
}

async function statusOf(
  { lock }: ComparisonFolder,
  { state }: Told,
): Promise<KeptComparison['status']> {
  if (!state) return 'damaged';
  return (await lockOwner(lock)) ? 'training' : outcomeOf(state);
}

function bestOf(state: ComparisonState): KeptComparison['best'] {
  const [first] = resultsOf({ state, correct: new Map() }).schedules;
  return first?.figures && first.ranking.type === 'best'
    ? { schedule: first.schedule, accuracy: first.figures.finalAccuracy.mean }
    : null;
}

/**
 * Of all files below a folder. A comparison has hundreds, so they are asked for without the detour
 * over Node's thread pool, which takes ten times as long as the question.
 */
function bytesBelow(path: string): number {
  try {
    return readdirSync(path, { withFileTypes: true }).reduce((sum, entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return sum + bytesBelow(inside);
      return sum + (statSync(inside, { throwIfNoEntry: false })?.size ?? 0);
    }, 0);
  } catch {
    // It has vanished meanwhile.
    return 0;
  }
}
