import { html, type TemplateResult } from 'lit-html';
import { breakable } from '../shared/breakable.ts';
import { chartTitles, figureOf } from './charts/chartTitles.ts';
import { visible, type Projection, type ShownRun } from './projection.ts';

/** The charts of epochs as tables, for those who would rather read figures. */
export function epochTables(projection: Projection): readonly TemplateResult[] {
  return [
    epochTable(projection, 'accuracy', 'accuracy'),
    epochTable(projection, 'epochLoss', 'loss'),
  ];
}

function epochTable(
  projection: Projection,
  chart: 'accuracy' | 'epochLoss',
  field: 'accuracy' | 'loss',
): TemplateResult {
  const runs = visible(projection);
  const last = runs.reduce((most, { epochs }) => Math.max(most, epochs.at(-1)?.epoch ?? 0), 0);
  const cell = ({ epochs }: ShownRun, epoch: number): string => {
    const figures = epochs.find((one) => one.epoch === epoch);
    return figures ? figureOf[chart](figures[field]) : '–';
  };
  return html`<section>
    <h3>${chartTitles[chart]}</h3>
    <div class="table" tabindex="0" role="region" aria-label=${chartTitles[chart]}>
      <table>
        <thead>
          <tr>
            <th scope="col">Epoch</th>
            ${runs.map(({ run }) => html`<th scope="col">${breakable(run)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${Array.from({ length: Math.min(last, mostRows) }, (_, i) => i + 1).map(
            (epoch) =>
              html`<tr>
                <th scope="row">${epoch}</th>
                ${runs.map((run) => html`<td>${cell(run, epoch)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** More epochs than these are none. */
const mostRows = 10_000;
