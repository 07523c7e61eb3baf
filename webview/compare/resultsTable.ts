import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { EstimatedFigure, ScheduleFigures } from '../../runner/protocol.ts';
import { breakable } from '../shared/breakable.ts';
import { accuracyText, durationText, figureText, lossText } from '../shared/figures.ts';
import type { Act, Surroundings } from './page.ts';
import type { Projection } from './projection.ts';
import type { SortColumn, View } from './view.ts';

interface Column {
  readonly head: string;
  /** What it is sorted by; null where there is nothing yet, which is always last. */
  readonly key: (figures: ScheduleFigures) => number | string | null;
  readonly cell: (figures: ScheduleFigures) => string;
}

const columns: Readonly<Record<SortColumn, Column>> = {
  schedule: { head: 'Schedule', key: ({ schedule }) => schedule, cell: ({ schedule }) => schedule },
  finalAccuracy: {
    head: 'Final accuracy',
    key: ({ finalAccuracy }) => finalAccuracy?.mean ?? null,
    cell: ({ finalAccuracy }) => estimateText(finalAccuracy, accuracyText),
  },
  difference: {
    head: 'Points to the best',
    key: ({ ranking }) =>
      ranking.type === 'unfinished' ? null : ranking.type === 'best' ? 0 : ranking.points,
    cell: differenceText,
  },
  bestAccuracy: {
    head: 'Best accuracy',
    key: ({ bestAccuracy }) => bestAccuracy?.mean ?? null,
    cell: ({ bestAccuracy }) => estimateText(bestAccuracy, accuracyText),
  },
  finalLoss: {
    head: 'Final loss',
    key: ({ finalLoss }) => finalLoss?.mean ?? null,
    cell: ({ finalLoss }) => estimateText(finalLoss, lossText),
  },
  seconds: {
    head: 'Time of a run',
    key: ({ seconds }) => seconds,
    cell: ({ seconds }) => (seconds === null ? '–' : durationText(seconds)),
  },
  reused: {
    head: 'Trained',
    key: ({ reused, finalAccuracy }) => (finalAccuracy === null ? null : Number(reused)),
    cell: ({ reused, finalAccuracy }) =>
      finalAccuracy === null ? '–' : reused ? 'before (reused)' : 'here',
  },
};
const columnList = Object.entries(columns) as readonly (readonly [SortColumn, Column])[];

/** What has come out so far, like the last table of the tutorial, a row for each schedule. */
export function resultsTable(
  projection: Projection,
  act: Act,
  surroundings: Surroundings,
): TemplateResult {
  const { results } = projection.comparison;
  const isEmpty = results === null || results.schedules.length === 0;
  return html`<section class="results" aria-labelledby="results">
    <h2 id="results">Results</h2>
    ${
      isEmpty
        ? html`<p class="hint">They are here as soon as a run has completed an epoch.</p>`
        : html`<div class="table" tabindex="0" role="region" aria-labelledby="results">
              <table>
                <thead>
                  <tr>
                    ${columnList.map(([column, { head }]) => heading(column, head, projection.view, act))}
                  </tr>
                </thead>
                <tbody>
                  ${repeat(
                    sorted(results.schedules, projection.view.sort),
                    ({ schedule }) => schedule,
                    (figures) => row(figures, projection, act, surroundings),
                  )}
                </tbody>
              </table>
            </div>
            <p class="hint">${results.explanation}</p>`
    }
  </section>`;
}

function heading(column: SortColumn, head: string, { sort }: View, act: Act): TemplateResult {
  const isSorted = sort.column === column;
  const direction = sort.isDescending ? 'descending' : 'ascending';
  return html`<th scope="col" aria-sort=${isSorted ? direction : nothing}>
    <button
      type="button"
      class="sort"
      @click=${() => {
        const isDescending = isSorted ? !sort.isDescending : column !== 'schedule';
        act.look({ sort: { column, isDescending } });
      }}
    >
      ${head}<span aria-hidden="true"
        >${isSorted ? (sort.isDescending ? '\u00a0↓' : '\u00a0↑') : ''}</span
      >
    </button>
  </th>`;
}

/** Schedules in the order that is asked for; equal ones stay in theirs. */
export function sorted(
  schedules: readonly ScheduleFigures[],
  { column, isDescending }: View['sort'],
): readonly ScheduleFigures[] {
  const { key } = columns[column];
  const sign = isDescending ? -1 : 1;
  return schedules.toSorted((a, b) => {
    const [first, second] = [key(a), key(b)];
    if (!isKnown(first) || !isKnown(second))
      return Number(isKnown(second)) - Number(isKnown(first));
    return sign * (first < second ? -1 : first > second ? 1 : 0);
  });
}

function isKnown(key: number | string | null): key is number | string {
  return key !== null && !Number.isNaN(key);
}

function row(
  figures: ScheduleFigures,
  projection: Projection,
  act: Act,
  surroundings: Surroundings,
): TemplateResult {
  const { schedule, ranking } = figures;
  const run = projection.runs.find((one) => one.schedule === schedule);
  const isBest = ranking.type === 'best';
  const canApply = isBest && run?.hasSource === true && surroundings.type === 'editor';
  return html`<tr class=${ranking.type} data-schedule=${schedule}>
    <th scope="row">
      <i class="key" .style=${`--series: ${run?.stroke.color ?? 'transparent'}`}></i>
      ${breakable(schedule)} <small>${figures.function}</small>
      ${
        canApply
          ? html`<vscode-button
              appearance="secondary"
              title="Puts this schedule into the optimizer's call in your code"
              @click=${() => {
                act.send({ type: 'apply', schedule });
              }}
              >Use in Code</vscode-button
            >`
          : nothing
      }
    </th>
    ${columnList.slice(1).map(([, { cell }]) => html`<td>${cell(figures)}</td>`)}
  </tr>`;
}

function estimateText(figure: EstimatedFigure | null, text: (figure: number) => string): string {
  if (figure === null) return '–';
  const { mean, margin } = figure;
  return margin === null ? text(mean) : `${text(mean)} ± ${text(margin)}`;
}

/** `−0.52`, or with the words that keep a person from choosing by chance. */
function differenceText({ ranking }: ScheduleFigures): string {
  switch (ranking.type) {
    case 'best':
      return 'best';
    case 'unfinished':
      return '–';
    case 'behind': {
      const points = figureText(ranking.points, 2);
      return ranking.isDistinguished === false
        ? `≈ ${points}, not distinguishable from the best`
        : points;
    }
  }
}
