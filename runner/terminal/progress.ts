import chalk from 'chalk';
import { createLogUpdate } from 'log-update';
import stringWidth from 'string-width';
import { afterEvent, type ComparisonState, type RunState } from '../comparison/runStates.ts';
import type { ComparisonEvent, ComparisonResumed, ComparisonStarted } from '../protocol.ts';
import { accuracyText, durationText, lineText, lossText, rateText } from '../comparison/figures.ts';

/** Shows a comparison while it runs. */
export interface ProgressDisplay {
  /** Shows what an event changes; of `past` ones, which an earlier session has told, nothing alone. */
  readonly show: (event: ComparisonEvent, when: 'past' | 'now') => void;
  /** A line of text that stays. */
  readonly report: (message: string) => void;
  readonly end: () => void;
}

/** Lines that move on a terminal, plain ones elsewhere. */
export function displayOn(stream: NodeJS.WriteStream): ProgressDisplay {
  // A terminal that does not know its width says 0.
  return stream.isTTY && stream.columns > 0 ? liveDisplay(stream) : plainDisplay(stream);
}

const redrawMilliseconds = 100;

/** A live line for each run: bar, epoch, loss, accuracy, rate, steps a second, time left. */
function liveDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  const update = createLogUpdate(stream, { showCursor: false });
  let state: ComparisonState | undefined;
  let soon: NodeJS.Timeout | undefined;
  const draw = (): void => {
    clearTimeout(soon);
    soon = undefined;
    if (state) update(linesOf(state, stream.columns, stream.rows).join('\n'));
  };
  const stay = (line = ''): void => {
    update.clear();
    stream.write(`${lineText(line)}\n`);
  };
  return {
    show(event, when) {
      state = afterEvent(state, event);
      if (when === 'past' || !state) return;
      if (isStart(event) || event.type === 'runInterrupted') stay(plainLine(state, event));
      if (event.type === 'stepsCompleted') soon ??= setTimeout(draw, redrawMilliseconds);
      else draw();
    },
    report(message) {
      stay(message);
      draw();
    },
    end() {
      draw();
      update.done();
    },
  };
}

function linesOf(state: ComparisonState, columns: number, rows: number): string[] {
  const runs = [...state.runs.values()];
  const nameWidth = Math.min(36, Math.max(...runs.map(({ run }) => stringWidth(run))));
  // Runs that wait or are through give way where the terminal is low.
  const room = Math.max(1, rows - 3);
  const training = runs.filter(({ status }) => status === 'training');
  const shown = runs.length <= room ? runs : training.slice(0, room);
  const done = runs.filter(({ status }) => status !== 'waiting' && status !== 'training').length;
  const head = `${done} of ${runs.length} runs done${timeLeft(state)}`;
  return [head, ...shown.map((run) => lineOf(run, nameWidth))].map((line) => clip(line, columns));
}

type Start = ComparisonStarted | ComparisonResumed;

function isStart(event: ComparisonEvent): event is Start {
  return event.type === 'comparisonStarted' || event.type === 'comparisonResumed';
}

function startLine({ runs }: ComparisonState, { type, engine, device }: Start): string {
  const left = [...runs.values()].filter(({ status }) => status === 'waiting').length;
  const what = type === 'comparisonStarted' ? 'Comparing' : `Going on with ${left} of`;
  return `${what} ${runs.size} ${kindsOf([...runs.values()])} with ${engine} (${device}).`;
}

function kindsOf(runs: readonly RunState[]): string {
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  return seeds === 1 ? 'schedules' : `runs (${runs.length / seeds} schedules, ${seeds} seeds each)`;
}

const barWidth = 20;

function lineOf(state: RunState, nameWidth: number): string {
  const { run, status, steps, totalSteps, epochs } = state;
  const part = totalSteps > 0 ? steps / totalSteps : 0;
  const full = Math.round(part * barWidth);
  const bar = chalk.cyan('█'.repeat(full)) + chalk.dim('░'.repeat(barWidth - full));
  const last = epochs.at(-1);
  const accuracy = last ? `acc ${accuracyText(last.accuracy)}` : '';
  const start = `${pad(lineText(run), nameWidth)}  ${bar} ${String(Math.floor(part * 100)).padStart(3)} %`;
  switch (status) {
    case 'waiting':
      return `${start}  ${chalk.dim('waiting')}`;
    case 'training': {
      const { loss = NaN, learningRate = NaN, stepsPerSecond = 0 } = state;
      const left = stepsPerSecond > 0 ? (totalSteps - steps) / stepsPerSecond : 0;
      const figures = [
        `epoch ${epochs.length + 1}`,
        `loss ${lossText(loss)}`,
        accuracy,
        `rate ${rateText(learningRate)}`,
        `${stepsPerSecond.toFixed(1)} steps/s`,
        `${durationText(left)} left`,
      ];
      return `${start}  ${figures.filter(Boolean).join('  ')}`;
    }
    case 'completed':
      return `${start}  ${chalk.green('done')}  loss ${last ? lossText(last.loss) : ''}  ${accuracy}`;
    case 'stopped':
      return `${start}  ${chalk.yellow('stopped')}  ${accuracy}`;
    case 'failed':
      return `${start}  ${chalk.red('failed')}  ${lineText(state.message ?? '')}`;
  }
}

/** Of the whole comparison, from the present speed of the runs that train. */
function timeLeft({ runs }: ComparisonState): string {
  let steps = 0;
  let speed = 0;
  for (const run of runs.values()) {
    if (run.status !== 'waiting' && run.status !== 'training') continue;
    steps += run.totalSteps - run.steps;
    if (run.status === 'training') speed += run.stepsPerSecond ?? 0;
  }
  return speed > 0 ? `, about ${durationText(steps / speed)} left` : '';
}

function pad(text: string, width: number): string {
  const clipped = clip(text.slice(0, 10 * width), width);
  return clipped + ' '.repeat(Math.max(0, width - stringWidth(clipped)));
}

/** Cuts a line at a number of columns; colours do not count. */
function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = text;
  while (cut !== '' && stringWidth(cut) > width - 1) cut = cut.slice(0, -1);
  return `${cut}…\u001b[0m`;
}

/** What a program wants that reads our output: reports on stderr, and nothing else. */
export const quietDisplay: ProgressDisplay = {
  show: () => undefined,
  report: (message) => void process.stderr.write(`${message}\n`),
  end: () => undefined,
};

/** Without a terminal: one plain line for each epoch and each end of a run. */
function plainDisplay(stream: NodeJS.WritableStream): ProgressDisplay {
  let state: ComparisonState | undefined;
  const write = (line: string | undefined): void => {
    if (line !== undefined) stream.write(`${lineText(line)}\n`);
  };
  return {
    report: write,
    end: () => undefined,
    show(event, when) {
      state = afterEvent(state, event);
      if (when === 'now' && state) write(plainLine(state, event));
    },
  };
}

function plainLine(state: ComparisonState, event: ComparisonEvent): string | undefined {
  switch (event.type) {
    case 'comparisonStarted':
    case 'comparisonResumed':
      return startLine(state, event);
    case 'comparisonPaused':
      return 'Paused.';
    case 'comparisonContinued':
      return 'Going on.';
    case 'epochCompleted': {
      const { run, epoch, loss, accuracy, learningRate, seconds } = event;
      return (
        `${run}: epoch ${epoch}, loss ${lossText(loss)}, accuracy ${accuracyText(accuracy)}, ` +
        `rate ${rateText(learningRate)}, ${durationText(seconds)}`
      );
    }
    case 'runCompleted':
      return event.reused ? `${event.run}: trained before, by another comparison` : undefined;
    case 'runInterrupted':
      return `${event.run}: ${event.message}; it goes on from its last checkpoint`;
    case 'runFailed':
      return `${event.run}: failed, ${event.message}`;
    case 'runStopped':
      return `${event.run}: stopped`;
    case 'runStarted':
    case 'stepsCompleted':
    case 'comparisonStopped':
    case 'comparisonCompleted':
      return undefined;
  }
}
