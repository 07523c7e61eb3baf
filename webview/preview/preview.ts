import { html, type TemplateResult } from 'lit-html';
import type { Palette } from '../../schedules/drawing/palettes.ts';
import { gallery } from './gallery/gallery.ts';
import { header } from './header.ts';
import { inspector } from './inspector.ts';
import { legend } from './legend.ts';
import type { Act } from './page.ts';
import type { Projection } from './projection.ts';
import { table } from './table.ts';
import { toolbar } from './toolbar.ts';
import { whatIf } from './whatIf.ts';

/** The whole page but for what is inside of the plot. */
export function preview(
  projection: Projection,
  palette: Palette,
  plot: HTMLElement,
  act: Act,
  savePicture: () => void,
): TemplateResult {
  return html`${header(projection, act)}${body(projection, palette, plot, act, savePicture)}`;
}

function body(
  projection: Projection,
  palette: Palette,
  plot: HTMLElement,
  act: Act,
  savePicture: () => void,
): TemplateResult {
  const { schedules, view } = projection;
  if (schedules.length === 0) return gallery(palette, act, nothingHere);
  if (view.shows === 'gallery') return gallery(palette, act, backToChart(act));
  return html`${toolbar(projection, act, savePicture)}
    ${view.shows === 'table' ? table(projection) : plot}
    <div class="details">
      ${legend(projection, act)}${inspector(projection, act)}${whatIf(projection, act)}
    </div>`;
}

const nothingHere = html`<p class="empty">
  <strong>There are no schedules in this file yet.</strong>
  Insert one where the cursor is, or write one: its curve appears here as you type.
</p>`;

function backToChart(act: Act): TemplateResult {
  return html`<div class="gallery-head">
    <h2>Insert a schedule</h2>
    <vscode-button
      appearance="secondary"
      @click=${() => {
        act.look({ shows: 'chart' });
      }}
      >Back to the Chart</vscode-button
    >
  </div>`;
}
