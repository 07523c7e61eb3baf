import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { breakable } from '../shared/breakable.ts';
import { icon } from '../shared/icons.ts';
import { isolated, swatch, withOne } from '../shared/swatch.ts';
import { aria, isTicked } from '../shared/toolkit.ts';
import { placeText, rateText } from '../shared/figures.ts';
import { courseText } from './figures.ts';
import type { Act } from './page.ts';
import { readRate, type Projection, type ShownSchedule } from './projection.ts';

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
  const names = projection.schedules.map((one) => one.name);
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
        const isIn = isTicked(event);
        act.look(({ ticked }) => ({ ticked: withOne(ticked, name, isIn) }));
      }}
    ></vscode-checkbox>
    ${shownCurve ? swatchOf(schedule, projection, act) : icon('error')}
    <button
      type="button"
      class="name"
      aria-current=${isActive}
      @click=${(event: MouseEvent) => {
        if (event.altKey) act.look(({ hidden }) => ({ hidden: isolated(name, names, hidden) }));
        else act.send({ type: 'select', schedule: name });
      }}
    >
      ${breakable(name)}
    </button>
    <span class="value">${refused === null ? valueText(schedule, projection) : nothing}</span>
    ${refused === null ? nothing : html`<p class="refused">${refused}</p>`}
  </li>`;
}

function swatchOf(
  { name, stroke }: ShownSchedule,
  { schedules, view }: Projection,
  act: Act,
): TemplateResult {
  return swatch({
    ...{ name, stroke, hidden: view.hidden },
    names: schedules.map((one) => one.name),
    hide: (change) => {
      act.look(({ hidden }) => ({ hidden: change(hidden) }));
    },
  });
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
