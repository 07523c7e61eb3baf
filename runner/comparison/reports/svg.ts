import { legend } from '../../../schedules/drawing/legend.ts';
import { lineChart } from '../../../schedules/drawing/lineChart.ts';
import { markup, type Markup } from '../../../schedules/drawing/markup.ts';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import { shortened } from '../../../schedules/drawing/text.ts';
import { comparisonCharts } from './charts.ts';
import type { ReportedComparison } from './formats.ts';

const width = 1040;
const chartHeight = 340;
const headHeight = 44;
const palette = palettes.light;

/** The charts of a comparison below each other in one picture, with one legend for all. */
export function svgReport(comparison: ReportedComparison): string {
  return comparisonPicture(comparison).markup;
}

/** The same for a page. */
export function comparisonPicture(comparison: ReportedComparison): Markup {
  const { title } = comparison;
  const charts = comparisonCharts(comparison, palette, width);
  const [first] = charts;
  // All charts have the same series, but a run without a completed epoch is in the last one only.
  const entries = charts.at(-1)?.series ?? first?.series ?? [];
  const key = legend(entries, palette, width);
  const chartsEnd = headHeight + charts.length * chartHeight;
  const height = chartsEnd + key.height + 8;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${title}"
  width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"
  font-family="system-ui, sans-serif" font-size="12" fill="${palette.text}">
<title>${title}</title>
<rect width="${width}" height="${height}" fill="${palette.background}"/>
<text x="10" y="30" font-size="20" font-weight="600">${shortened(title, 0.55 * width)}</text>
${charts.map(
  ({ title: heading, ...chart }, i) =>
    markup`<g transform="translate(0 ${headHeight + i * chartHeight})">${lineChart({
      ...chart,
      label: heading,
      heading,
      palette,
      width,
      height: chartHeight,
    })}</g>
`,
)}<g transform="translate(0 ${chartsEnd})">${key.rows}</g>
</svg>
`;
}
