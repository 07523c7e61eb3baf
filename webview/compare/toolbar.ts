import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { toggle } from '../shared/toggle.ts';
import type { Act } from './page.ts';
import type { Projection } from './projection.ts';
import type { View } from './view.ts';

const ways: readonly (readonly [View['across'], string])[] = [
  ['step', 'Steps'],
  ['epoch', 'Epochs'],
  ['time', 'Time'],
];

/** How the charts are looked at. */
export function toolbar({ view, comparison }: Projection, act: Act): TemplateResult {
  const hasPrinted = (comparison.results?.printed.length ?? 0) > 0;
  return html`<div class="toolbar" role="toolbar" aria-label="Charts">
    <div class="looks">
      ${ways.map(([across, label]) =>
        toggle(label, view.across === across, () => {
          const isOther = (across === 'time') !== (view.across === 'time');
          act.look({ across, ...(isOther && { stretch: null }) });
          act.change({ crosshair: null });
        }),
      )}
      <vscode-button
        appearance="icon"
        aria-label="Show All"
        ?disabled=${view.stretch === null}
        @click=${() => {
          act.look({ stretch: null });
        }}
        >Show All</vscode-button
      >
    </div>
    ${view.showsTable ? nothing : smoothing(view, act)}
    <div class="looks">
      ${
        hasPrinted
          ? toggle('Tutorial', view.showsPrinted, (showsPrinted) => {
              act.look({ showsPrinted });
            })
          : nothing
      }
      ${toggle('Table', view.showsTable, (showsTable) => {
        act.look({ showsTable });
      })}
    </div>
    ${
      view.showsPrinted && hasPrinted
        ? html`<p class="hint legend-note">Dotted, with rings: what the tutorial printed.</p>`
        : nothing
    }
  </div>`;
}

/** Positions of the slider; the weight of the steps before comes ever closer to 1. */
const positions = 100;
const weightAt = (position: number): number =>
  position === 0 ? 0 : 1 - 10 ** (-(3 * position) / positions);
const positionOf = (weight: number): number =>
  Math.round((-Math.log10(1 - weight) * positions) / 3);

/** `mean of about 20 steps`: what the weights of the steps before add up to. */
function smoothingText(weight: number): string {
  return weight === 0 ? 'off' : `over ${Math.round(1 / (1 - weight))} steps`;
}

function smoothing({ smoothing: weight }: View, act: Act): TemplateResult {
  return html`<label class="smoothing">
    <span>Smoothing</span>
    <input
      type="range"
      min="0"
      max=${positions}
      aria-valuetext=${smoothingText(weight)}
      .value=${live(String(positionOf(weight)))}
      @input=${({ currentTarget }: Event) => {
        if (!(currentTarget instanceof HTMLInputElement)) return;
        act.look({ smoothing: weightAt(currentTarget.valueAsNumber) });
      }}
    />
    <output>${smoothingText(weight)}</output>
  </label>`;
}
