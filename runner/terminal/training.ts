import { relative } from 'node:path';
import { durationText } from '../comparison/figures.ts';
import { readComparison } from '../comparison/readComparison.ts';
import { afterEvent, isThrough, type ComparisonState } from '../comparison/runStates.ts';
import type { ComparisonOutcome, SessionOptions } from '../comparison/session.ts';
import { findData } from '../data/find.ts';
import { InputError } from '../inputError.ts';
import { encodeEvent } from '../protocol.ts';
import { comparisonTable } from './comparisonTable.ts';
import { displayOn, quietDisplay } from './progress.ts';
import { progressBar } from './progressBar.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';

/** What the command line says of how a comparison is trained and shown. */
export interface TrainingOptions {
  readonly parallel?: number;
  readonly checkpointEvery?: number;
  readonly data?: string;
  readonly json?: boolean;
}

/** What a comparison that is trained here is given. */
export interface TerminalSession extends SessionOptions {
  readonly findDataFolder: () => Promise<string>;
}

/**
 * Shows a comparison while it is trained, and what came out. Ctrl-C stops it.
 *
 * @returns the exit code.
 */
export async function trainOnTerminal(
  folder: string,
  { parallel, checkpointEvery: checkpointSeconds, data, json }: TrainingOptions,
  train: (session: TerminalSession) => Promise<ComparisonOutcome>,
): Promise<number> {
  const { stderr, stdout } = process;
  const display = json ? quietDisplay : displayOn(stdout);
  const { report } = display;
  const stop = stopOnSignals(report);
  const { signal } = stop;
  const bar = progressBar(stderr);
  let state: ComparisonState | undefined;
  const session: TerminalSession = {
    parallel,
    checkpointSeconds,
    signal,
    report,
    async findDataFolder() {
      const found = await findData({ data, report, onProgress: bar.show, signal });
      bar.end();
      return found;
    },
    onEvent(event, when) {
      state = afterEvent(state, event);
      if (json) stdout.write(`${encodeEvent(event)}\n`);
      display.show(event, when);
    },
  };
  try {
    const outcome = await untilStopped(signal, () => train(session)).finally(() => {
      bar.end();
      display.end();
      stop.end();
    });
    if (state && !json)
      stdout.write(`${comparisonTable(await readComparison(folder), stdout.columns)}\n`);
    stderr.write(`${closingLine(outcome, folder, state)}\n`);
    return exitCodeOf[outcome];
  } catch (error) {
    if (!(error instanceof InputError) || !state) throw error;
    throw new InputError(`${error.message}\nTo go on: ${resumeCommand(folder)}`, { cause: error });
  }
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

function closingLine(
  outcome: ComparisonOutcome,
  folder: string,
  state: ComparisonState | undefined,
): string {
  switch (outcome) {
    case 'completed':
      return `Done in ${durationText(state?.seconds ?? 0)}. All of it is in ${shortest(folder)}.`;
    case 'failed': {
      const canSucceed = [...(state?.runs.values() ?? [])].some((run) => !isThrough(run));
      const again = canSucceed ? ` To try them again: ${resumeCommand(folder)}` : '';
      return `Some runs failed; the others are in ${shortest(folder)}.${again}`;
    }
    case 'stopped':
      return state
        ? `Stopped; what was trained is kept. To go on: ${resumeCommand(folder)}`
        : 'Stopped before anything was trained.';
  }
}

const resumeCommand = (folder: string): string =>
  `anneal compare --resume ${quoted(shortest(folder))}`;

/** A path as short as it can be told from here. */
function shortest(path: string): string {
  const fromHere = relative('', path) || '.';
  return path.length < fromHere.length ? path : fromHere;
}

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;

/** Ctrl-C, the end of a service, and a terminal that is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

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
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    end() {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
