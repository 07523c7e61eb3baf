import { html, type TemplateResult } from 'lit-html';
import { withOne } from '../../shared/swatch.ts';
import { toggle } from '../../shared/toggle.ts';
import type { Act } from '../page.ts';
import type { Projection } from '../projection.ts';
import type { ChartPlot } from './chartPlot.ts';
import { chartTitles } from './chartTitles.ts';

/** All charts, each with its title, what is to be known of its axis, and its own switches. */
export function chartCards(
  projection: Projection,
  plots: readonly ChartPlot[],
  act: Act,
): TemplateResult {
  return html`<div class="charts">${plots.map((plot) => card(plot, projection, act))}</div>`;
}

function card({ name, element, note }: ChartPlot, { view }: Projection, act: Act): TemplateResult {
  const isLogarithmic = view.logarithmic.includes(name);
  return html`<section class="card" data-chart=${name}>
    <div class="card-head">
      <h3>${chartTitles[name]}</h3>
      ${note}
      <span class="switches">
        ${
          name === 'accuracy'
            ? toggle('0 to 1', view.isWholeAccuracy, (isWholeAccuracy) => {
                act.look({ isWholeAccuracy });
              })
            : toggle('Log', isLogarithmic, (isOn) => {
                act.look(({ logarithmic }) => ({ logarithmic: withOne(logarithmic, name, isOn) }));
              })
        }
      </span>
    </div>
    ${element}
  </section>`;
}
