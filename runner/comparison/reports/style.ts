import { palettes, type Palette } from '../../../schedules/drawing/palettes.ts';

const { light, dark } = palettes;

/** The palette of a report: its colours are those of the page, light or dark. */
export const reportPalette: Palette = {
  background: 'var(--background)',
  text: 'var(--text)',
  faintText: 'var(--faint-text)',
  axis: 'var(--axis)',
  grid: 'var(--grid)',
  shade: 'var(--shade)',
  series: light.series.map((_, i) => `var(--series-${i})`),
};

function variables({ background, text, faintText, axis, grid, shade, series }: Palette): string {
  return [
    `--background: ${background}; --text: ${text}; --faint-text: ${faintText};`,
    `--axis: ${axis}; --grid: ${grid}; --shade: ${shade};`,
    ...series.map((color, i) => `--series-${i}: ${color};`),
  ].join(' ');
}

/** The style sheet of a report. Paper is white whatever the screen is. */
export const reportStyle = `
:root { color-scheme: light dark; ${variables(light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(dark)} } }
body { margin: 0; background: var(--background); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 36px 0 8px; }
section { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 10px; text-align: right; border-bottom: 1px solid var(--grid); }
th:first-child { text-align: left; max-width: 640px; overflow-wrap: break-word; }
thead th { border-bottom-color: var(--axis); vertical-align: bottom; }
tbody th { font-weight: normal; }
td, th:not(:first-child) { width: 1%; }
td { white-space: nowrap; }
.note { color: var(--faint-text); max-width: 68em; }
.unfinished { color: var(--faint-text); }
code { color: var(--faint-text); font-size: 12px; margin-left: 6px; }
svg { max-width: 100%; height: auto; }
li { overflow-wrap: anywhere; }
@media print {
  body { font-size: 12px; }
  main { max-width: none; padding: 0; }
  section { overflow: visible; }
  svg, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;
