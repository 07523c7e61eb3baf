import { createHash } from 'node:crypto';
import { figureAxis, logarithmicAxis, rangeOf, stepAxis } from '../../../schedules/drawing/axes.ts';
import { lineSample } from '../../../schedules/drawing/legend.ts';
import { lineChart, type AxisSettings } from '../../../schedules/drawing/lineChart.ts';
import { markup, nothing, type Markup } from '../../../schedules/drawing/markup.ts';
import { seriesStroke, type Stroke } from '../../../schedules/drawing/palettes.ts';
import { extremesPerColumn, type Point } from '../../../schedules/drawing/sampling.ts';
import { durationText } from '../figures.ts';
import { byFinalAccuracy, type ComparisonState, type RunState } from '../runStates.ts';
import type { ReportedComparison } from './formats.ts';
import { reportPalette, reportStyle } from './style.ts';
import { settingsText, tableHeads, tableRows } from './table.ts';

/** The whole comparison in one file, for any browser and for paper: it loads nothing, runs nothing. */
export function htmlReport({ plan, state }: ReportedComparison): string {
  const { comparison, engine, device, settings } = state.started;
  const runs = byFinalAccuracy(state);
  // A run keeps its colour, however the runs are sorted.
  const strokes = new Map(
    [...state.runs.keys()].map((run, i) => [run, seriesStroke(reportPalette, i)]),
  );
  const rates = new Map(plan.runs.map(({ run, learningRates }) => [run, learningRates]));
  const chart = (of: Omit<Chart, 'runs' | 'strokes'>): Markup => figure({ ...of, runs, strokes });
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
<p>${settingsText(settings)}<br />
Trained with ${engine} (${device}).<br />
${outcome(state)}</p>
${table(state, runs, strokes)}
${failures(runs)}
${chart({ title: 'Accuracy', per: 'epoch', y: accuracies, pointsOf: perEpoch('accuracy') })}
${chart({ title: 'Loss', per: 'epoch', y: losses(runs), pointsOf: perEpoch('loss') })}
${chart({
  title: 'Learning rate',
  per: 'step',
  y: { title: 'learning rate', make: figureAxis },
  pointsOf: ({ run }) =>
    extremesPerColumn(
      Array.from(rates.get(run) ?? [], (y, x) => ({ x, y })),
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

function table(
  state: ComparisonState,
  runs: readonly RunState[],
  strokes: ReadonlyMap<string, Stroke>,
): Markup {
  const heads = tableHeads.map((head) => markup`<th scope="col">${head}</th>`);
  const rows = tableRows(state).map(([name = '', ...cells], i) => {
    const run = runs[i];
    const stroke = strokes.get(run?.run ?? '');
    const key = stroke
      ? markup`<svg width="26" height="10" aria-hidden="true">${lineSample(stroke, 0, 5)}</svg> `
      : nothing;
    return markup`
<tr${run?.status === 'completed' ? nothing : unfinished}><th scope="row">${key}<bdi>${name}</bdi> <code>${run?.function ?? ''}</code></th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
  });
  return markup`<section tabindex="0" aria-labelledby="results">
<h2 id="results">Results</h2>
<table>
<thead><tr>${heads}</tr></thead>
<tbody>${rows}
</tbody>
</table>
</section>`;
}

function failures(runs: readonly RunState[]): Markup {
  const items = runs.flatMap(({ run, message }) =>
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
  readonly runs: readonly RunState[];
  readonly strokes: ReadonlyMap<string, Stroke>;
  readonly pointsOf: (run: RunState) => readonly Point[];
}

function figure({ title, per, y, runs, strokes, pointsOf }: Chart): Markup {
  const series = runs.flatMap((run) => {
    const stroke = strokes.get(run.run);
    const points = pointsOf(run);
    return stroke && points.length > 0 ? { name: nameOf(run), points, ...stroke } : [];
  });
  const heading = `${title} per ${per}`;
  return markup`<section>
<h2>${heading}</h2>
${
  series.length === 0
    ? markup`<p>No run has completed an epoch.</p>`
    : lineChart({
        label: `${heading} of ${series.map(({ name }) => name).join(', ')}`,
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

const nameOf = ({ run, status }: RunState): string =>
  status === 'completed' ? run : `${run} (${status})`;

const perEpoch =
  (field: 'accuracy' | 'loss') =>
  ({ epochs }: RunState): readonly Point[] =>
    epochs.map((completed) => ({ x: completed.epoch, y: completed[field] }));

const accuracies: AxisSettings = { title: 'share of test images', make: figureAxis };

/** One diverging run must not press the others flat. */
function losses(runs: readonly RunState[]): AxisSettings {
  const finite = runs
    .flatMap(({ epochs }) => epochs.map(({ loss }) => loss))
    .filter(Number.isFinite);
  const [least, largest] = rangeOf(finite);
  const spread = least > 0 && largest > 20 * least;
  return {
    title: spread ? 'loss (logarithmic)' : 'loss',
    make: spread ? logarithmicAxis : figureAxis,
  };
}
