import { createInterface } from 'node:readline';
import Table from 'cli-table3';
import { bytesText, lineText } from '../comparison/figures.ts';
import {
  freedBytes,
  keptComparisons,
  removeFiles,
  type KeptComparison,
  type KeptFile,
} from '../comparison/kept.ts';
import { exitCodes } from './exitCodes.ts';

export interface CleanOptions {
  /** The newest so many are left as they are. */
  readonly keep?: number;
  readonly checkpointsOnly?: boolean;
  /** Removes without asking. */
  readonly yes?: boolean;
}

interface Removal {
  readonly comparison: KeptComparison;
  readonly files: readonly KeptFile[];
}

/** `anneal clean [DIR]`: shows what comparisons take, and removes what a person agrees to. */
export async function clean(path: string, options: CleanOptions): Promise<number> {
  const kept = await keptComparisons(path);
  if (kept.length === 0) {
    say(`There is no comparison in ${path}.`);
    return exitCodes.done;
  }
  const removals = kept.map((comparison, i) => ({
    comparison,
    files: i < (options.keep ?? 0) ? [] : removable(comparison, options),
  }));
  say(tableOf(removals));
  const removed = removals.filter(({ files }) => files.length > 0);
  if (removed.length === 0) {
    say('There is nothing to remove.');
    return exitCodes.done;
  }
  const freed = bytesText(freedBytes(removed.flatMap(({ files }) => files)));
  say(`${offer(removed, options)} This frees ${freed}.`);
  if (!options.yes && !process.stdin.isTTY) {
    say('Nothing was removed: to remove it, run this again with --yes.');
    return exitCodes.done;
  }
  if (!options.yes && !(await agrees('Remove it? [y/N] '))) {
    say('Nothing was removed.');
    return exitCodes.done;
  }
  for (const { comparison, files } of removed) await removeFiles(comparison, files);
  say(`Freed ${freed}.`);
  return exitCodes.done;
}

function removable(
  { isRunning, files, oldCheckpoints }: KeptComparison,
  { checkpointsOnly }: CleanOptions,
): readonly KeptFile[] {
  if (isRunning) return [];
  return checkpointsOnly ? oldCheckpoints : files;
}

function tableOf(removals: readonly Removal[]): string {
  const table = new Table({
    head: ['Comparison', 'Last change', 'Runs', 'Size', 'Frees'],
    colAligns: ['left', 'left', 'left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { comparison, files } of removals) {
    const { name, changed, files: all, isRunning } = comparison;
    const size = all.reduce((sum, { bytes }) => sum + bytes, 0);
    const frees = files.length > 0 ? bytesText(freedBytes(files)) : isRunning ? 'running' : '';
    table.push([lineText(name), dateText(changed), runsText(comparison), bytesText(size), frees]);
  }
  return table.toString();
}

function runsText({ state }: KeptComparison): string {
  if (!state) return 'not readable';
  const runs = [...state.runs.values()];
  const completed = runs.filter(({ status }) => status === 'completed').length;
  return `${completed} of ${runs.length} completed`;
}

/** `2026-11-22 20:45`, in local time. */
function dateText(date: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function offer(removals: readonly Removal[], { checkpointsOnly }: CleanOptions): string {
  const count = removals.length;
  const comparisons = count === 1 ? '1 comparison' : `${count} comparisons`;
  if (checkpointsOnly) {
    return (
      `To be removed: all but the last checkpoints of ${comparisons}. Results stay, and what was ` +
      'stopped can go on, but other comparisons can no longer reuse these runs.'
    );
  }
  const unfinished = removals.filter(({ comparison: { state } }) => state && !state.seconds).length;
  const loss = unfinished === 0 ? '' : `; ${unfinished} could still be resumed`;
  return `To be removed: ${comparisons} with all results${loss}.`;
}

/** Anything but a yes is a no, also the end of the input. */
async function agrees(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await new Promise<string>((resolve) => {
    lines.question(question, resolve);
    lines.once('close', () => {
      resolve('');
    });
  });
  lines.close();
  return /^\s*y(es)?\s*$/i.test(answer);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
