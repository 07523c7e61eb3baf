import { html, nothing, type TemplateResult } from 'lit-html';
import type { PreviewArgument, PreviewSchedule } from '../messages.ts';
import { aria, isTicked, textOf } from '../shared/toolkit.ts';
import { live } from 'lit-html/directives/live.js';
import { numberControl } from './numberControl.ts';
import { pythonText } from './numbers.ts';
import type { Act, Edit } from './page.ts';
import type { Projection } from './projection.ts';

/** An argument of a schedule, and the ways to change it in the code. */
export interface Changeable extends PreviewArgument {
  readonly schedule: string;
  /** What a person is about to make of it. */
  readonly edit: Edit | null;
  readonly act: Act;
}

const tags = { literal: null, default: 'default', expression: null, assumed: 'assumed' } as const;

/** An argument: its name, what it means, and the control that changes it. */
export function argumentControl(
  argument: PreviewArgument,
  { name: schedule }: PreviewSchedule,
  { edit }: Projection,
  act: Act,
): TemplateResult {
  const { name, unit, summary, change, through } = argument;
  const isEdited = edit?.schedule === schedule && edit.argument === name;
  const tag = through ?? tags[change];
  return html`<div class="argument" data-argument=${name}>
    <p class="argument-head">
      <span class="argument-name">${name}</span>
      ${unit === null ? nothing : html`<span class="unit">${unit}</span>`}
      ${tag === null ? nothing : html`<span class="tag">${tag}</span>`}
    </p>
    ${control({ ...argument, schedule, edit: isEdited ? edit : null, act })}
    <p class="hint">
      ${summary}${through === null ? nothing : ` A change is one of ${through}, wherever it is used.`}
    </p>
  </div>`;
}

function control(argument: Changeable): TemplateResult {
  if (argument.change === 'expression') return expression(argument);
  if (argument.choices !== null) return choice(argument, argument.choices);
  return typeof argument.value === 'boolean' ? onOrOff(argument) : numberControl(argument);
}

/** Only the code can change it. */
function expression({ name, source, value, schedule, act }: Changeable): TemplateResult {
  const isSame = typeof value !== 'number' || source === String(value);
  return html`<div class="controls">
    <code class="source">${source === '' ? pythonText(value) : source}</code>
    ${isSame ? nothing : html`<span class="unit">= ${pythonText(value)}</span>`}
    <vscode-button
      appearance="secondary"
      aria-label=${`Edit the expression of ${name}`}
      @click=${() => {
        act.send({ type: 'reveal', schedule, argument: name });
      }}
      >Edit Expression</vscode-button
    >
  </div>`;
}

function onOrOff({ name, value, schedule, act }: Changeable): TemplateResult {
  return html`<vscode-checkbox
    .checked=${live(value === true)}
    ${aria({ ariaLabel: name })}
    @change=${(event: Event) => {
      const ticked = isTicked(event);
      if (ticked !== value)
        act.setArgument({ schedule, argument: name, value: ticked, done: true });
    }}
    >${pythonText(value)}</vscode-checkbox
  >`;
}

function choice(
  { name, value, schedule, act }: Changeable,
  choices: readonly string[],
): TemplateResult {
  return html`<vscode-dropdown
    ${aria({ ariaLabel: name })}
    .value=${live(String(value))}
    @change=${(event: Event) => {
      const chosen = textOf(event);
      if (chosen !== value)
        act.setArgument({ schedule, argument: name, value: chosen, done: true });
    }}
  >
    ${choices.map(
      (one) => html`<vscode-option value=${one} ?selected=${one === value}>${one}</vscode-option>`,
    )}
  </vscode-dropdown>`;
}
