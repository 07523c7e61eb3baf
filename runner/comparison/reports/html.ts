import { createHash } from 'node:crypto';
import { figureAxis, logarithmicAxis, rangeOf, stepAxis } from '../../../schedules/drawing/axes.ts';
import { lineSample } from '../../../schedules/drawing/legend.ts';
import { lineChart, type AxisSettings } from '../../../schedules/drawing/lineChart.ts';
import { markup, nothing, type Markup } from '../../../schedules/drawing/markup.ts';
import { seriesStroke, type Stroke } from '../../../schedules/drawing/palettes.ts';
import { extremesPerColumn, type Point } from '../../../schedules/drawing/sampling.ts';
import { durationText } from '../figures.ts';
import type { ComparisonState } from '../runStates.ts';
import type { Results, ScheduleResult } from '../statistics/results.ts';
import type { ReportedComparison } from './formats.ts';
import { reportPalette, reportStyle } from './style.ts';
import { explanation, nameText, reportTable, settingsText } from './table.ts';

/** The whole comparison in one file, for any browser and for paper: it loads nothing, runs nothing. */
export function htmlReport({ plan, state, results }: ReportedComparison): string {
  const { comparison, engine, device } = state.started;
  const { schedules, seeds } = results;
  const rates = new Map(plan.runs.map(({ schedule, learningRates }) => [schedule, learningRates]));
  // A schedule keeps its colour, however the schedules are sorted.
  const strokes = new Map(
    [...rates.keys()].map((schedule, i) => [schedule, seriesStroke(reportPalette, i)]),
  );
  const chart = (of: Omit<Chart, 'schedules' | 'strokes'>): Markup =>
    figure({ ...of, schedules, strokes });
  const mean = seeds === 1 ? '' : ', mean over seeds';
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${styleHash}'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${comparison}: learning-rate schedules compared</title>
<style>${{ markup: reportStyle }}</style>
</head>
<body>
<main>
<h1>${comparison}</h1>
<p>${settingsText(state.started)}<br />
Trained with ${engine} (${device}).<br />
${outcome(state)}</p>
${table(results, strokes, explanation(results, state.started))}
${failures(state)}
${chart({
  title: `Accuracy per epoch${mean}`,
  per: 'epoch',
  y: accuracies,
  pointsOf: perEpoch('accuracy'),
})}
${chart({
  title: `Loss per epoch${mean}`,
  per: 'epoch',
  y: losses(schedules),
  pointsOf: perEpoch('loss'),
})}
${chart({
  title: 'Learning rate per step',
  per: 'step',
  y: { title: 'learning rate', make: figureAxis },
  pointsOf: ({ schedule }) =>
    extremesPerColumn(
      Array.from(rates.get(schedule) ?? [], (y, x) => ({ x, y })),
      chartSize.width,
    ),
})}
</main>
</body>
</html>
`.markup;
}

const styleHash = `sha256-${createHash('sha256').update(reportStyle).digest('base64')}`;

/** `15 runs: 14 completed, 1 failed. It took 31 min 12 s.` */
function outcome({ runs, seconds }: ComparisonState): string {
  const states = [...runs.values()].map(({ status }) => status);
  const counts = [...new Set(states)].map(
    (status) => `${states.filter((other) => other === status).length} ${status}`,
  );
  const took = seconds === undefined ? '' : ` It took ${durationText(seconds)}.`;
  return `${runs.size} ${runs.size === 1 ? 'run' : 'runs'}: ${counts.join(', ')}.${took}`;
}

const unfinished = markup` class="unfinished"`;

function table(results: Results, strokes: ReadonlyMap<string, Stroke>, note: string): Markup {
  const { heads, rows } = reportTable(results);
  const headRow = heads.map((head) => markup`<th scope="col">${head}</th>`);
  const body = rows.map(([name = '', ...cells], i) => {
    const result = results.schedules[i];
    const stroke = strokes.get(result?.schedule ?? '');
    const key = stroke
      ? markup`<svg width="26" height="10" aria-hidden="true">${lineSample(stroke, 0, 5)}</svg> `
      : nothing;
    return markup`
<tr${result?.ranking.type === 'unfinished' ? unfinished : nothing}><th scope="row">${key}<bdi>${name}</bdi> <code>${result?.function ?? ''}</code></th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
  });
  return markup`<section tabindex="0" aria-labelledby="results">
<h2 id="results">Results</h2>
<table>
<thead><tr>${headRow}</tr></thead>
<tbody>${body}
</tbody>
</table>
${note === '' ? nothing : markup`<p class="note">${note}</p>`}
</section>`;
}

function failures({ runs }: ComparisonState): Markup {
  const items = [...runs.values()].flatMap(({ run, message }) =>
    message === undefined ? [] : markup`<li><b><bdi>${run}</bdi></b>: ${message}</li>`,
  );
  return items.length === 0
    ? nothing
    : markup`<section>
<h2>What failed</h2>
<ul>${items}</ul>
</section>`;
}

const chartSize = { width: 1040, height: 420 };

interface Chart {
  readonly title: string;
  readonly per: 'epoch' | 'step';
  readonly y: AxisSettings;
  readonly schedules: readonly ScheduleResult[];
  readonly strokes: ReadonlyMap<string, Stroke>;
  readonly pointsOf: (result: ScheduleResult) => readonly Point[];
}

function figure({ title, per, y, schedules, strokes, pointsOf }: Chart): Markup {
  const series = schedules.flatMap((result) => {
    const stroke = strokes.get(result.schedule);
    const points = pointsOf(result);
    return stroke && points.length > 0 ? { name: nameText(result), points, ...stroke } : [];
  });
  return markup`<section>
<h2>${title}</h2>
${
  series.length === 0
    ? markup`<p>No run has completed an epoch.</p>`
    : lineChart({
        label: `${title} of ${series.map(({ name }) => name).join(', ')}`,
        x: { title: per, make: stepAxis },
        y,
        series,
        legend: true,
        palette: reportPalette,
        ...chartSize,
      })
}
</section>`;
}

/** Means over the runs that count. */
const perEpoch =
  (field: 'accuracy' | 'loss') =>
  ({ counted }: ScheduleResult): readonly Point[] =>
    (counted[0]?.epochs ?? []).map(({ epoch }, i) => {
      const sum = counted.reduce((total, { epochs }) => total + (epochs[i]?.[field] ?? NaN), 0);
      return { x: epoch, y: sum / counted.length };
    });

const accuracies: AxisSettings = { title: 'share of test images', make: figureAxis };

/** One diverging run must not press the others flat. */
function losses(schedules: readonly ScheduleResult[]): AxisSettings {
  const finite = schedules
    .flatMap(perEpoch('loss'))
    .map(({ y }) => y)
    .filter(Number.isFinite);
  const [least, largest] = rangeOf(finite);
  const spread = least > 0 && largest > 20 * least;
  return {
    title: spread ? 'loss (logarithmic)' : 'loss',
    make: spread ? logarithmicAxis : figureAxis,
  };
}
