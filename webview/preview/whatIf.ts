import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { WhatIf } from '../messages.ts';
import { aria, textOf } from '../shared/toolkit.ts';
import { stepText } from '../shared/figures.ts';
import { typedNumber } from './numbers.ts';
import type { Act } from './page.ts';
import type { Projection } from './projection.ts';

/** Other lengths of training to look at, without a change of the code. */
export function whatIf(projection: Projection, act: Act): TemplateResult {
  const { state } = projection;
  const { epochs, batchSize } = state.whatIf;
  const { steps } = state.training;
  const isSet = epochs !== null || batchSize !== null;
  return html`<section class="what-if" aria-label="What if">
    <h2>What if</h2>
    <p class="hint">Looks at another training. The code stays as it is.</p>
    <div class="what-if-fields">
      ${field('Epochs', 'epochs', projection, act)}
      ${field('Batch size', 'batchSize', projection, act)}
      ${
        isSet
          ? html`<vscode-button
              appearance="secondary"
              @click=${() => {
                act.send({ type: 'whatIf', whatIf: { epochs: null, batchSize: null } });
              }}
              >Reset</vscode-button
            >`
          : nothing
      }
    </div>
    ${isSet && steps !== null ? html`<p>Then it takes ${stepText(steps)} steps.</p>` : nothing}
  </section>`;
}

function field(
  label: string,
  key: keyof WhatIf,
  { state, edit }: Projection,
  act: Act,
): TemplateResult {
  const { whatIf, training } = state;
  const id = `what if ${key}`;
  const set = whatIf[key];
  const canChange = training.canChange[key];
  const typed = (isDone: boolean) => (event: Event) => {
    const text = textOf(event);
    const value = text.trim() === '' ? null : typedNumber(text);
    act.change({ edit: { schedule: '', argument: id, text, slider: null, isDone } });
    if (value === undefined || (value !== null && !(Number.isInteger(value) && value > 0))) return;
    if (value !== set) act.send({ type: 'whatIf', whatIf: { ...whatIf, [key]: value } });
  };
  return html`<label>
    <span>${label}</span>
    <vscode-text-field
      ${aria({ ariaLabel: `${label}, what if` })}
      placeholder=${training[key] ?? '–'}
      ?disabled=${!canChange}
      title=${canChange ? nothing : 'The code has no name for it that could be changed.'}
      .value=${live(edit?.argument === id ? edit.text : String(set ?? ''))}
      @input=${typed(false)}
      @change=${typed(true)}
    ></vscode-text-field>
  </label>`;
}
