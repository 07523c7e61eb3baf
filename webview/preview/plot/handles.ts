import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Handle } from '../../messages.ts';
import { rateText, stepText } from '../../shared/figures.ts';
import type { Act } from '../page.ts';
import type { Projection } from '../projection.ts';
import { drag, nudge, type Taken } from './dragging.ts';
import type { Geometry } from '../../shared/plot/geometry.ts';

/** What can be dragged of the active schedule: rates on its curve, steps on top of its boundaries. */
export function handles(
  projection: Projection,
  geometry: Geometry,
  act: Act,
): TemplateResult | typeof nothing {
  const { active, stretch, state } = projection;
  if (!active || active.isHidden || active.refused !== null || state.stale !== null) return nothing;
  const present = active.handles
    .map((handle) => whereDragged(handle, projection))
    .filter(({ step, rate }) => Number.isFinite(rate) && stretch[0] <= step && step <= stretch[1]);
  return html`${repeat(
    sideBySide(present, geometry),
    ({ handle }) => `${active.name} ${handle.argument}`,
    ({ handle, x, y }) => {
      const taken: Taken = { schedule: active.name, handle, projection, geometry, act };
      const slider = active.arguments.find(({ name }) => name === handle.argument)?.slider;
      return html`<div
        class="handle ${handle.axis}"
        role="slider"
        tabindex="0"
        title=${`${handle.argument} = ${valueText(handle)}`}
        aria-label=${`${handle.argument} of ${active.name}`}
        aria-orientation=${handle.axis === 'step' ? 'horizontal' : 'vertical'}
        aria-valuenow=${handle.value}
        aria-valuetext=${valueText(handle)}
        aria-valuemin=${slider?.min ?? nothing}
        aria-valuemax=${slider?.max ?? nothing}
        .style=${`transform: translate(${x}px, ${y}px); --series: ${active.stroke.color}`}
        @pointerdown=${(event: PointerEvent) => {
          drag(taken, event);
        }}
        @keydown=${(event: KeyboardEvent) => {
          const hundredths = hundredthsOfKey[event.key];
          if (hundredths === undefined) return;
          event.preventDefault();
          nudge(taken, event.shiftKey ? 10 * hundredths : hundredths);
        }}
      ></div>`;
    },
  )}`;
}

function whereDragged(handle: Handle, { drag, active }: Projection): Handle {
  if (drag?.argument !== handle.argument || drag.schedule !== active?.name) return handle;
  const { step, rate, value } = drag;
  return { ...handle, step, rate, value };
}

function valueText({ value, isWhole }: Handle): string {
  return isWhole ? stepText(value) : rateText(value);
}

const hundredthsOfKey: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
};

/** Pixels from the middle of a handle to that of the next. */
const handleDistance = 16;

interface Placed {
  readonly handle: Handle;
  readonly x: number;
  readonly y: number;
}

/** Handles at their places; those that would lie on others are beside them. */
function sideBySide(handles: readonly Handle[], geometry: Geometry): readonly Placed[] {
  const placed: Placed[] = [];
  for (const handle of handles) {
    const y = handle.axis === 'step' ? geometry.top : geometry.yOf(handle.rate);
    let x = geometry.xOf(handle.step);
    while (placed.some((one) => Math.hypot(one.x - x, one.y - y) < handleDistance)) x++;
    placed.push({ handle, x, y });
  }
  return placed;
}
