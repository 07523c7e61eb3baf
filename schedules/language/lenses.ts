import { counted, figure } from '../checking/figures.ts';
import type { Span } from '../checking/finding.ts';
import { knownTraining } from '../checking/training.ts';
import { naturalLength, type PhasedSchedule } from '../optax/phases.ts';
import type { Assumption, Definition, Reading, TrainingFacts } from '../reading/reading.ts';
import { rateLabel } from '../drawing/axes.ts';
import { shortened } from '../reading/shortened.ts';
import { defaultEpochs, stepsPerEpoch } from '../reading/trainingSteps.ts';

/** What stands above a schedule. */
export interface ScheduleLens {
  /** Of the definition. */
  readonly span: Span;
  /** Of the schedule; undefined where the lens is about several. */
  readonly name: string | undefined;
  /** Its length and rates. */
  readonly title: string;
  /** What it rests on, where it is the only one on its line. */
  readonly assumptions: readonly Assumption[];
  /** Whether it is the only one on its line, so that there is room for more. */
  readonly isAlone: boolean;
}

/** A loop over names puts any number of schedules on one line. */
const mostOnLine = 3;

/** The lenses of a text's definitions, in the order of the text. */
export function scheduleLenses(
  text: string,
  { definitions, training }: Pick<Reading, 'definitions' | 'training'>,
): readonly ScheduleLens[] {
  const lines = new Map<number, Definition[]>();
  for (const definition of definitions.toSorted((a, b) => a.span.from - b.span.from)) {
    const line = text.lastIndexOf('\n', definition.span.from - 1);
    const onLine = lines.get(line);
    if (onLine) onLine.push(definition);
    else lines.set(line, [definition]);
  }
  const steps = trainedSteps(training, text);
  return [...lines.values()].flatMap((onLine): readonly ScheduleLens[] => {
    const isAlone = onLine.length === 1;
    const lenses = onLine
      .slice(0, mostOnLine)
      .map(({ span, name, schedule, assumptions }): ScheduleLens => {
        const rates = ratesTitle(schedule, steps);
        const title = isAlone ? rates : `${shortened(name, 40)}: ${rates}`;
        return { span, name, title, assumptions: isAlone ? assumptions : [], isAlone };
      });
    const [first] = lenses;
    const more = onLine.length - lenses.length;
    if (!first || more === 0) return lenses;
    const title = `and ${more} more`;
    return [...lenses, { span: first.span, name: undefined, title, assumptions: [], isAlone }];
  });
}

/** Steps of the training, where the text says how long it is. */
function trainedSteps(facts: TrainingFacts, text: string): number | undefined {
  const training = knownTraining(facts, text);
  return training && training.epochs * training.stepsPerEpoch;
}

/** Between phases too a schedule that is written by hand may have its peak. */
const samples = 32;

/** `2350 steps, 1e-4 → 1e-5`: how long a schedule goes, and its first, highest and last rate. */
export function ratesTitle(schedule: PhasedSchedule | null, trained: number | undefined): string {
  if (!schedule) return 'no curve: Optax refuses these arguments';
  const { phases } = schedule;
  const length = shownLength(schedule, trained);
  const steps = [
    ...phases.map(({ from }) => from).filter((step) => step < length),
    ...Array.from({ length: samples }, (_, i) => Math.floor((i * length) / samples)),
  ];
  const [start, end] = [schedule.schedule(0), schedule.schedule(length)];
  const rates = steps.map(schedule.schedule);
  if ([...rates, end].every((rate) => rate === start)) return `constant ${rateText(start)}`;
  const peak = Math.max(...rates);
  const isPassed = peak > leastPeak * Math.max(start, end);
  const shown = isPassed ? [start, peak, end] : [start, end];
  return `${counted(length, 'step')}, ${shown.map(rateText).join(' → ')}`;
}

/** How much higher than both ends a peak is. */
const leastPeak = 1.001;

/** Of what is without an end where nothing says how long is trained. */
const defaultLength = defaultEpochs * stepsPerEpoch({});

/** A decay without an end goes as far as the training. */
function shownLength({ phases }: PhasedSchedule, trained: number | undefined): number {
  const isEndless = phases.at(-1)?.name !== 'hold';
  if (isEndless && trained !== undefined) return trained;
  return naturalLength(phases) || defaultLength;
}

/** A rate in as few digits as tell one from another beside the code. */
export function rateText(rate: number): string {
  return Number.isFinite(rate) ? rateLabel(Number(rate.toPrecision(4))) : figure(rate);
}

/** `assumes warmup_steps = 1000` */
export function assumptionTitle(assumption: Assumption): string {
  return `assumes ${assumption.name} = ${assumedText(assumption)}`;
}

/** The value of an assumption as Python. */
export function assumedText({ value }: Assumption): string {
  if (typeof value === 'number') return figure(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value;
}

/** Where the names stand first that the user has set to a value outside of the text. */
export function boundNames(
  text: string,
  names: readonly string[],
): readonly { readonly name: string; readonly span: Span }[] {
  return names.flatMap((name) => {
    const escaped = name.replace(/\W/g, String.raw`\$&`);
    const found = new RegExp(String.raw`^[^#\n]*?(?<![\w.])(?=${escaped}(?!\w))`, 'm').exec(text);
    if (!found) return [];
    const from = found.index + found[0].length;
    return [{ name, span: { from, to: from + name.length } }];
  });
}
