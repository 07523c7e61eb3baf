import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { icon } from '../shared/icons.ts';
import { aria, isTicked } from '../shared/toolkit.ts';
import { courseText, placeText, rateText } from './figures.ts';
import type { Act } from './page.ts';
import { readRate, type Projection, type ShownSchedule } from './projection.ts';
import { withName } from './view.ts';

/** All schedules: their colours, their rates at the crosshair, and which are shown and compared. */
export function legend(projection: Projection, act: Act): TemplateResult {
  const { schedules, crosshair, state, active } = projection;
  const place =
    crosshair === null ? 'Schedules' : `At ${placeText(crosshair, state.training.stepsPerEpoch)}`;
  const phase = crosshair === null ? undefined : phaseAt(active, crosshair);
  return html`<section class="legend" aria-label="Schedules">
    <h2>${place}${phase === undefined ? nothing : html` <small>${phase}</small>`}</h2>
    <ul>
      ${repeat(
        schedules,
        ({ name }) => name,
        (schedule) => row(schedule, projection, act),
      )}
    </ul>
  </section>`;
}

function phaseAt(active: ShownSchedule | null, step: number): string | undefined {
  return active?.phases.find(({ from, to }) => from <= step && step < (to ?? Infinity))?.name;
}

function row(schedule: ShownSchedule, projection: Projection, act: Act): TemplateResult {
  const { name, isActive, isHidden, refused, shownCurve } = schedule;
  return html`<li
    class="row ${isActive ? 'active' : ''} ${isHidden ? 'hidden' : ''}"
    data-schedule=${name}
  >
    <vscode-checkbox
      ${aria({ ariaLabel: `Compare ${name}` })}
      title="Compare"
      .checked=${live(schedule.isTicked)}
      ?disabled=${refused !== null}
      @change=${(event: Event) => {
        const { ticked } = projection.view;
        act.look({ ticked: withName(ticked, name, isTicked(event)) });
      }}
    ></vscode-checkbox>
    ${shownCurve ? swatch(schedule, projection, act) : icon('error')}
    <button
      type="button"
      class="name"
      aria-current=${isActive}
      @click=${(event: MouseEvent) => {
        if (event.altKey) isolate(name, projection, act);
        else act.send({ type: 'select', schedule: name });
      }}
    >
      ${breakable(name)}
    </button>
    <span class="value">${refused === null ? valueText(schedule, projection) : nothing}</span>
    ${refused === null ? nothing : html`<p class="refused">${refused}</p>`}
  </li>`;
}

function swatch(
  { name, stroke, isHidden }: ShownSchedule,
  projection: Projection,
  act: Act,
): TemplateResult {
  return html`<button
    type="button"
    class="swatch"
    aria-label=${`Show ${name}`}
    aria-pressed=${!isHidden}
    title="Click to show or hide, double-click to show it alone"
    .style=${`--series: ${stroke.color}`}
    @click=${(event: MouseEvent) => {
      const { hidden } = projection.view;
      if (event.altKey || event.detail === 2) isolate(name, projection, act);
      else act.look({ hidden: withName(hidden, name, !isHidden) });
    }}
  >
    <svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
      <path d="M2 6h20" stroke-dasharray=${stroke.dash ?? nothing} />
    </svg>
  </button>`;
}

/** Hides all others; if they are hidden already, shows all again. */
function isolate(name: string, { schedules, view }: Projection, act: Act): void {
  const others = schedules.map((one) => one.name).filter((other) => other !== name);
  const isAlone = others.every((other) => view.hidden.includes(other));
  act.look({ hidden: isAlone ? [] : others });
}

/** The rate at the crosshair; without one, the way that it takes. */
function valueText(schedule: ShownSchedule, projection: Projection): string {
  const { crosshair } = projection;
  const { shownCurve } = schedule;
  if (crosshair !== null) {
    const read = readRate(projection, schedule, crosshair);
    return read === undefined ? '' : `${read.isExact ? '' : '≈ '}${rateText(read.rate)}`;
  }
  return shownCurve ? courseText(shownCurve) : '';
}

/** Long names break where their words end. */
export function breakable(name: string): readonly (string | TemplateResult)[] {
  return name.split(/(?<=[_.])/).map((word) => html`${word}<wbr />`);
}
