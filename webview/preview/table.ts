import { html, type TemplateResult } from 'lit-html';
import { stepTicks } from '../shared/chart/stepAxis.ts';
import { epochOf, rateText, stepText } from '../shared/figures.ts';
import { breakable } from '../shared/breakable.ts';
import { readRate, visible, type Projection } from './projection.ts';

/** The chart as a table: the rates of all schedules at steps that are worth a look. */
export function table(projection: Projection): TemplateResult {
  const { stepsPerEpoch } = projection.state.training;
  const schedules = visible(projection);
  return html`<div class="table" tabindex="0" role="region" aria-label="Rates by step">
    <table>
      <thead>
        <tr>
          <th scope="col">Step</th>
          ${stepsPerEpoch === null ? '' : html`<th scope="col">Epoch</th>`}
          ${schedules.map(
            ({ name, isActive }) =>
              html`<th scope="col" class=${isActive ? 'active' : ''}>${breakable(name)}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${tableSteps(projection).map(
          (step) =>
            html`<tr>
              <th scope="row">${stepText(step)}</th>
              ${stepsPerEpoch === null ? '' : html`<td>${epochOf(step, stepsPerEpoch)}</td>`}
              ${schedules.map((schedule) => {
                const read = readRate(projection, schedule, step);
                return html`<td class=${schedule.isActive ? 'active' : ''}>
                  ${read ? rateText(read.rate) : '–'}
                </td>`;
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Rows between the first step in view and the last. */
const rows = 10;

/** The steps of the rows: round ones, and where something begins or ends. */
export function tableSteps({ stretch, active, state }: Projection): readonly number[] {
  const [first, last] = [Math.ceil(stretch[0]), Math.floor(stretch[1])];
  const { steps } = state.training;
  const all = [
    first,
    ...stepTicks(stretch, rows, null).map(({ value }) => Math.round(value)),
    ...(active?.phases.map(({ from }) => from) ?? []),
    ...(steps === null ? [] : [steps - 1]),
    last,
  ];
  return [...new Set(all)].filter((step) => first <= step && step <= last).sort((a, b) => a - b);
}
