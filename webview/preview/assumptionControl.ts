import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { PreviewAssumption, PreviewSchedule } from '../messages.ts';
import { aria, textOf } from '../shared/toolkit.ts';
import { pythonText } from './numbers.ts';
import type { Act } from './page.ts';
import type { Projection } from './projection.ts';

/** A value that the code does not give: a field for it, and the way back to what is assumed. */
export function assumptionControl(
  { name, value, why, isBound }: PreviewAssumption,
  { name: schedule }: PreviewSchedule,
  { edit }: Projection,
  act: Act,
): TemplateResult {
  const argument = `${name} =`;
  const isEdited = edit?.schedule === schedule && edit.argument === argument;
  const text = isEdited ? edit.text : pythonText(value);
  const typed = (isDone: boolean) => (event: Event) => {
    act.change({ edit: { schedule, argument, text: textOf(event), slider: null, isDone } });
  };
  return html`<div class="argument" data-assumption=${name}>
    <p class="argument-head">
      <span class="argument-name">${name}</span>
      ${isBound ? html`<span class="tag">set by you</span>` : nothing}
    </p>
    <div class="controls">
      <vscode-text-field
        ${aria({ ariaLabel: `Value of ${name}` })}
        .value=${live(text)}
        @input=${typed(false)}
        @change=${(event: Event) => {
          const given = textOf(event).trim();
          typed(true)(event);
          if (given !== '') act.send({ type: 'bind', name, value: given });
        }}
      ></vscode-text-field>
      ${
        isBound
          ? html`<vscode-button
              appearance="secondary"
              aria-label=${`Reset ${name}`}
              @click=${() => {
                act.send({ type: 'bind', name, value: null });
              }}
              >Reset</vscode-button
            >`
          : nothing
      }
    </div>
    <p class="hint">${why}</p>
  </div>`;
}
