import { html, nothing, type TemplateResult } from 'lit-html';
import { placeText } from '../../shared/figures.ts';
import { readRate, visible, type Projection } from '../projection.ts';
import type { Geometry } from '../../shared/plot/geometry.ts';

/** The line at the step that is read, and a dot on each curve. */
export function crosshair(
  projection: Projection,
  geometry: Geometry,
): TemplateResult | typeof nothing {
  const { crosshair: step, stretch, state } = projection;
  if (step === null || step < stretch[0] || step > stretch[1]) return nothing;
  const { left, right, top, bottom } = geometry;
  const x = geometry.xOf(step);
  const dots = visible(projection).flatMap((schedule) => {
    const y = geometry.yOf(readRate(projection, schedule, step)?.rate ?? NaN);
    if (!(y >= top - 1 && y <= bottom + 1)) return [];
    const style = `transform: translate(${x}px, ${y}px); --series: ${schedule.stroke.color}`;
    return [html`<i class="dot" .style=${style}></i>`];
  });
  const side = x > (left + right) / 2 ? 'before' : 'after';
  return html`<div
      class="crosshair"
      .style=${`transform: translateX(${x}px); top: ${top}px; height: ${bottom - top}px`}
    >
      <span class="crosshair-step ${side}">${placeText(step, state.training.stepsPerEpoch)}</span>
    </div>
    ${dots}`;
}
