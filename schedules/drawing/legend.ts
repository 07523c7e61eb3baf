import { markup, nothing, type Markup } from './markup.ts';
import type { Palette, Stroke } from './palettes.ts';
import { shortened, textWidth } from './text.ts';

export interface LegendEntry extends Stroke {
  readonly name: string;
}

const rowHeight = 20;
const sampleWidth = 26;
const columnGap = 18;
const margin = 10;

/** The names of series beside samples of their lines, in as many columns as fit into a width. */
export function legend(
  entries: readonly LegendEntry[],
  palette: Palette,
  width: number,
): { readonly rows: Markup; readonly height: number } {
  const longest = Math.max(...entries.map(({ name }) => textWidth(name)), 0);
  const available = width - 2 * margin;
  const columnWidth = Math.min(available, sampleWidth + 8 + longest + columnGap);
  const columns = Math.max(1, Math.floor((available + columnGap) / columnWidth));
  const perColumn = Math.ceil(entries.length / columns);
  const rows = entries.map(({ name, color, dash }, i) => {
    const x = margin + Math.floor(i / perColumn) * columnWidth;
    const y = (i % perColumn) * rowHeight + 10;
    return markup`<g><title>${name}</title>${lineSample({ color, dash }, x, y)}
<text x="${x + sampleWidth + 8}" y="${y + 4}">${shortened(name, columnWidth - sampleWidth - 8)}</text></g>`;
  });
  return { rows: markup`<g fill="${palette.text}">${rows}</g>`, height: perColumn * rowHeight + 8 };
}

/** A short piece of a series' line. */
export function lineSample({ color, dash }: Stroke, x: number, y: number): Markup {
  return markup`<path d="M${x} ${y}h${sampleWidth}" stroke="${color}" stroke-width="2.5"${dashes(dash)}/>`;
}

export function dashes(dash: string | undefined): Markup {
  return dash === undefined ? nothing : markup` stroke-dasharray="${dash}"`;
}
