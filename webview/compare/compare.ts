import { html, type TemplateResult } from 'lit-html';
import type { Theme } from '../shared/theme.ts';
import { chartCards } from './charts/chartCards.ts';
import type { ChartPlot } from './charts/chartPlot.ts';
import { epochTables } from './epochTable.ts';
import { header } from './header.ts';
import type { Act, Surroundings } from './page.ts';
import { predictions } from './predictions/predictions.ts';
import type { Projection } from './projection.ts';
import { resultsTable } from './resultsTable.ts';
import { runList } from './runList.ts';
import { toolbar } from './toolbar.ts';

/** The whole page but for what is inside of the plots. */
export function compare(
  projection: Projection,
  theme: Theme,
  plots: readonly ChartPlot[],
  act: Act,
  surroundings: Surroundings,
): TemplateResult {
  return html`${header(projection, act, surroundings)}
    <div class="workplace">
      ${runList(projection, act, surroundings)}
      <section class="curves" aria-label="Charts">
        ${toolbar(projection, act)}
        ${projection.view.showsTable ? epochTables(projection) : chartCards(projection, plots, act)}
      </section>
    </div>
    ${resultsTable(projection, act, surroundings)}
    ${predictions(projection, act, surroundings, theme.text)}`;
}
