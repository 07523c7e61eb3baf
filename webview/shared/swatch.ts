import { html, nothing, type TemplateResult } from 'lit-html';
import type { Stroke } from '../../schedules/drawing/palettes.ts';

export interface Swatch {
  readonly name: string;
  readonly stroke: Stroke;
  /** Of all series, and of those that are not in the chart. */
  readonly names: readonly string[];
  readonly hidden: readonly string[];
  readonly hide: (change: (hidden: readonly string[]) => readonly string[]) => void;
}

/** The line of a series as the chart has it, which shows and hides it. */
export function swatch({ name, stroke, names, hidden, hide }: Swatch): TemplateResult {
  const isHidden = hidden.includes(name);
  return html`<button
    type="button"
    class="swatch"
    aria-label=${`Show ${name}`}
    aria-pressed=${!isHidden}
    title="Click to show or hide, double-click to show it alone"
    .style=${`--series: ${stroke.color}`}
    @click=${({ altKey, detail }: MouseEvent) => {
      const isAlone = altKey || detail === 2;
      hide((now) => (isAlone ? isolated(name, names, now) : withToggled(now, name)));
    }}
  >
    <svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
      <path d="M2 6h20" stroke-dasharray=${stroke.dash ?? nothing} />
    </svg>
  </button>`;
}

/** What is hidden so that one series is shown alone; nothing where it already is. */
export function isolated(
  name: string,
  names: readonly string[],
  hidden: readonly string[],
): readonly string[] {
  const others = names.filter((other) => other !== name);
  return others.every((other) => hidden.includes(other)) ? [] : others;
}

/** A list with one of its possible members in it where it was out, and the other way round. */
export const withToggled = <T>(list: readonly T[], one: T): readonly T[] =>
  withOne(list, one, !list.includes(one));

/** A list with one of its possible members taken in or out. */
export function withOne<T>(list: readonly T[], one: T, isIn: boolean): readonly T[] {
  const others = list.filter((other) => other !== one);
  return isIn ? [...others, one] : others;
}
