import { html, type TemplateResult } from 'lit-html';
import type { ComparePredictions } from '../messages.ts';
import { confusion, type RunPredictions } from './disagreement.ts';

const made = new WeakMap<RunPredictions, TemplateResult>();

/** Which classes a run takes for which: rows are the right ones, columns those that it gave. */
export function confusionTable(
  predictions: ComparePredictions,
  run: RunPredictions,
): TemplateResult {
  const known = made.get(run);
  if (known) return known;
  const { classes } = predictions;
  const counts = confusion(predictions, run);
  const table = html`<div class="table confusion" tabindex="0" role="region" aria-label=${run.run}>
    <table>
      <caption>
        <strong>${run.run}</strong>
        after epoch ${run.epoch}: right class in the rows, given class in the columns
      </caption>
      <thead>
        <tr>
          <td></td>
          ${classes.map((name) => html`<th scope="col"><span>${name}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${counts.map((row, right) => {
          const total = row.reduce((sum, count) => sum + count, 0);
          return html`<tr>
            <th scope="row">${classes[right]}</th>
            ${row.map(
              (count, given) =>
                html`<td
                  class=${given === right ? 'right' : ''}
                  .style=${`--share: ${total > 0 ? count / total : 0}`}
                >
                  ${count}
                </td>`,
            )}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
  made.set(run, table);
  return table;
}
