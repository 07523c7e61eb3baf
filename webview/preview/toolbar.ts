import { html, type TemplateResult } from 'lit-html';
import { toggle } from '../shared/toggle.ts';
import { copyMenu } from './copyMenu.ts';
import { counted } from '../shared/figures.ts';
import type { Act } from './page.ts';
import type { Projection } from './projection.ts';

/** How the chart is looked at, and what can be done with its schedules. */
export function toolbar(projection: Projection, act: Act, savePicture: () => void): TemplateResult {
  const { view, state } = projection;
  const hasEpochs = state.training.stepsPerEpoch !== null;
  return html`<div class="toolbar" role="toolbar" aria-label="Chart">
    <div class="looks">
      ${toggle(
        'Epochs',
        hasEpochs && view.inEpochs,
        (inEpochs) => {
          act.look({ inEpochs });
        },
        hasEpochs ? null : 'The code does not say how many steps an epoch has.',
      )}
      ${toggle('Log', view.isLogarithmic, (isLogarithmic) => {
        act.look({ isLogarithmic });
      })}
      ${toggle('Table', view.shows === 'table', (isTable) => {
        act.look({ shows: isTable ? 'table' : 'chart' });
      })}
      <vscode-button
        appearance="icon"
        aria-label="All Steps"
        ?disabled=${view.stretch === null}
        @click=${() => {
          act.look({ stretch: null });
        }}
        >All Steps</vscode-button
      >
    </div>
    <div class="actions">
      <vscode-button
        appearance="icon"
        aria-label="Insert…"
        @click=${() => {
          act.look({ shows: 'gallery' });
        }}
        >Insert…</vscode-button
      >
      ${copyMenu(projection, act, savePicture)} ${compareButton(projection, act)}
    </div>
  </div>`;
}

/** Compares the ticked schedules; all of them where none is ticked. */
function compareButton({ schedules }: Projection, act: Act): TemplateResult {
  const possible = schedules.filter(({ refused }) => refused === null);
  const ticked = possible.filter(({ isTicked }) => isTicked);
  const chosen = ticked.length > 0 ? ticked : possible;
  const which = ticked.length > 0 ? counted(ticked.length, 'Schedule') : 'All';
  return html`<vscode-button
    class="compare"
    ?disabled=${chosen.length === 0}
    title="Trains the same network with each schedule, and shows which one is best."
    @click=${() => {
      act.send({ type: 'compare', schedules: chosen.map(({ name }) => name) });
    }}
    >Compare ${which}</vscode-button
  >`;
}
