import { basename, join, relative, resolve } from 'node:path';
import type { Reading, Settings, Use } from '../../schedules/reading/reading.ts';
import { compare, type ComparisonOutcome } from '../comparison/compare.ts';
import { makePlan, type NamedSchedule } from '../comparison/plan.ts';
import { afterEvent, type ComparisonState } from '../comparison/runStates.ts';
import { findData } from '../data/find.ts';
import type { EngineName } from '../engines/engines.ts';
import { InputError } from '../inputError.ts';
import { encodeEvent, type OptimizerSettings } from '../protocol.ts';
import { comparisonTable } from './comparisonTable.ts';
import { durationText } from '../comparison/figures.ts';
import { findingLine, hasErrors, readScheduleFile, type ReadFile } from './files.ts';
import { displayOn, quietDisplay } from './progress.ts';
import { settingsOf, type SettingOptions } from './settings.ts';
import { progressBar } from './progressBar.ts';
import { checkSettings, exitCodes, UsageError } from './usage.ts';

export interface CompareOptions extends SettingOptions {
  readonly only?: string;
  readonly set: Settings;
  readonly engine: EngineName | 'auto';
  readonly parallel?: number;
  readonly data?: string;
  readonly output?: string;
  readonly resume?: string;
  readonly json?: boolean;
}

/** `anneal compare FILE...`: trains under every schedule of the files. */
export async function compareFiles(
  files: readonly string[],
  options: CompareOptions,
): Promise<number> {
  if (options.resume !== undefined) {
    throw new InputError(
      `Resuming is not built yet; what was trained is kept in ${options.resume}.`,
    );
  }
  if (files.length === 0) throw new UsageError('anneal compare needs a file with schedules.');
  const read = await Promise.all(
    [...new Set(files)].map((file) => readScheduleFile(file, options.set)),
  );
  checkSettings(options.set, read);
  for (const { file, findings } of read) {
    for (const finding of findings) process.stderr.write(`${findingLine(file, finding)}\n`);
  }
  if (read.some(hasErrors)) return exitCodes.failed;
  sayOtherOptimizers(read);

  const settings = settingsOf(read, options);
  const folder = options.output ?? join('.anneal', comparisonName(files));
  const plan = makePlan(basename(resolve(folder)), chosen(read, options.only), settings);

  const { stderr, stdout } = process;
  const display = options.json ? quietDisplay : displayOn(stdout);
  const stop = stopOnSignals(display.report);
  let state: ComparisonState | undefined;
  const bar = progressBar(stderr);
  const outcome = await untilStopped(stop.signal, async () => {
    const dataFolder = await findData({
      data: options.data,
      report: display.report,
      onProgress: bar.show,
      signal: stop.signal,
    });
    bar.end();
    return compare({
      plan,
      folder,
      dataFolder,
      engine: options.engine,
      parallel: options.parallel,
      signal: stop.signal,
      report: display.report,
      onEvent(event) {
        state = afterEvent(state, event);
        if (options.json) stdout.write(`${encodeEvent(event)}\n`);
        display.show(event);
      },
    });
  }).finally(() => {
    bar.end();
    display.end();
    stop.end();
  });
  if (state && !options.json) stdout.write(`${comparisonTable(state)}\n`);
  say(closingLine(outcome, folder, state));
  return { completed: exitCodes.done, failed: exitCodes.failed, stopped: exitCodes.stopped }[
    outcome
  ];
}

/** The outcome of some work, `stopped` where it threw because it was told to stop. */
async function untilStopped(
  signal: AbortSignal,
  work: () => Promise<ComparisonOutcome>,
): Promise<ComparisonOutcome> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted && error === signal.reason) return 'stopped';
    throw error;
  }
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

function closingLine(
  outcome: ComparisonOutcome,
  folder: string,
  state: ComparisonState | undefined,
): string {
  const place = [folder, relative('', folder) || '.'].reduce((a, b) =>
    a.length < b.length ? a : b,
  );
  switch (outcome) {
    case 'completed':
      return `Done in ${durationText(state?.seconds ?? 0)}. All of it is in ${place}.`;
    case 'failed':
      return `Some runs failed; the others are in ${place}.`;
    case 'stopped':
      if (!state) return 'Stopped before anything was trained.';
      return `Stopped; what was trained is kept. To go on: anneal compare --resume ${quoted(place)}`;
  }
}

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;

/** `tutorial-2026-11-22-201530` */
function comparisonName(files: readonly string[]): string {
  const stem = basename(files[0] ?? 'comparison').replace(/(\.schedules)?\.\w+$/, '');
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
  return `${stem}-${date}-${time}`;
}

/** The schedules to train under: all, or those of `--only`; a name of two files with its file. */
function chosen(read: readonly ReadFile[], only: string | undefined): readonly NamedSchedule[] {
  const all = read.flatMap(({ reading, file }) =>
    comparable(reading).map((schedule) => ({ schedule, file })),
  );
  const named = all.map(({ schedule, file }) => {
    const ambiguous = all.some(
      (other) => other.file !== file && other.schedule.name === schedule.name,
    );
    return ambiguous ? { ...schedule, name: `${file}: ${schedule.name}` } : schedule;
  });
  const names = named.map(({ name }) => name);
  const wanted = new Set(only === undefined ? names : splitNames(only, names));
  return named.filter(({ name }) => wanted.has(name));
}

/** Every learning rate that an optimizer is given, or where there is no optimizer, every schedule. */
function comparable({ uses, definitions }: Reading): readonly NamedSchedule[] {
  if (uses.length === 0) {
    return definitions.flatMap(({ name, function: f, schedule }) =>
      schedule ? [{ name, function: f, schedule: schedule.schedule }] : [],
    );
  }
  return uses.flatMap((use) => {
    const { name, definition, learningRate } = use;
    if (!learningRate) return [];
    const f = definitions.find((one) => one.name === definition)?.function ?? 'constant';
    const optimizer = optimizerOf(use);
    return [
      { name, function: f, schedule: learningRate.schedule, ...(optimizer && { optimizer }) },
    ];
  });
}

function optimizerOf({ choice, clipByGlobalNorm }: Use): OptimizerSettings | undefined {
  return choice && { ...choice, clipByGlobalNorm: clipByGlobalNorm ?? null };
}

/** Says which optimizers of the code are not trained with. */
function sayOtherOptimizers(read: readonly ReadFile[]): void {
  const others = read.flatMap(({ reading }) =>
    reading.uses.flatMap(({ choice, optimizer }) => (choice ? [] : [optimizer])),
  );
  for (const name of new Set(others)) {
    say(`The code trains with ${name}, which Anneal has not; those runs train with plain sgd.`);
  }
}

/**
 * The names in a text with commas between. A name may have commas itself, so the longest known one
 * that the text begins with is taken each time.
 */
function splitNames(text: string, known: readonly string[]): readonly string[] {
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  const names: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const name = longestFirst.find(
      (other) =>
        rest === other || (rest.startsWith(other) && /^\s*,/.test(rest.slice(other.length))),
    );
    if (name === undefined) {
      const unknown = rest.split(',')[0]?.trim() ?? '';
      if (unknown === '') throw new UsageError('--only: give names with commas between.');
      throw new UsageError(
        `--only ${unknown}: there is no such schedule; there are ${known.join(', ')}.`,
      );
    }
    names.push(name);
    rest = rest.slice(name.length).replace(/^\s*,\s*/, '');
  }
  if (names.length === 0) throw new UsageError('--only: give names with commas between.');
  return names;
}

/** Ctrl-C stops cleanly; a second one ends at once. */
function stopOnSignals(report: (message: string) => void) {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      // Programs such as `timeout` signal a process and then its group: that is one signal.
      if (performance.now() - first > 300) process.exit(exitCodes.stopped);
      return;
    }
    first = performance.now();
    report('Stopping after this step; press Ctrl-C again to end at once.');
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    end: () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
