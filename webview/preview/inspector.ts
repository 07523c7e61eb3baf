import { html, nothing, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { icon } from '../shared/icons.ts';
import { argumentControl } from './argumentControl.ts';
import { assumptionControl } from './assumptionControl.ts';
import { breakable } from '../shared/breakable.ts';
import type { Act } from './page.ts';
import type { Projection } from './projection.ts';

/** The arguments of the active schedule, which change the code, and what it assumes. */
export function inspector(projection: Projection, act: Act): TemplateResult {
  const { active } = projection;
  if (!active) {
    return html`<section class="inspector" aria-label="Arguments">
      <p class="hint">Select a schedule in the code, in the chart or in the list to change it.</p>
    </section>`;
  }
  const { name, stroke, usedBy, assumptions } = active;
  const uses = usedBy.length === 0 ? '' : `, used by ${[...new Set(usedBy)].join(', ')}`;
  return html`<section class="inspector" aria-label=${`Arguments of ${name}`}>
    ${keyed(
      name,
      html`<header .style=${`--series: ${stroke.color}`}>
          <h2>${breakable(name)}</h2>
          <vscode-button
            appearance="icon"
            aria-label="Go to the code"
            title="Go to the code"
            @click=${() => {
              act.send({ type: 'reveal', schedule: name, argument: null });
            }}
            >${icon('code')}</vscode-button
          >
          <p class="hint">
            ${active.function === 'def' ? 'written by hand' : breakable(active.function)}${uses}
          </p>
        </header>
        ${active.arguments.map((argument) => argumentControl(argument, active, projection, act))}
        ${assumptions.length === 0 ? nothing : html`<h3>Assumed</h3>`}
        ${assumptions.map((assumption) => assumptionControl(assumption, active, projection, act))}`,
    )}
  </section>`;
}
