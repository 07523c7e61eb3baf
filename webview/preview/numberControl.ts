import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Slider } from '../messages.ts';
import { aria, textOf } from '../shared/toolkit.ts';
import type { Changeable } from './argumentControl.ts';
import { pythonText, typedNumber } from './numbers.ts';
import { positionOf, positions, valueAt } from './slider.ts';

/** A field for a number, and a slider beside it. */
export function numberControl(argument: Changeable): TemplateResult {
  const { name, change, source, value, edit, schedule, act } = argument;
  const slider = edit?.slider ?? argument.slider;
  const text = edit?.text ?? (change === 'literal' ? source : pythonText(value));
  const problem = problemOf(text, slider);
  const edited = (typed: string, isDone: boolean): void => {
    const number = typedNumber(typed);
    const isRight = number !== undefined && problemOf(typed, slider) === null;
    act.change({
      edit: { schedule, argument: name, text: typed, slider, isDone: isDone && isRight },
    });
    if (isRight) act.setArgument({ schedule, argument: name, value: number, done: isDone });
  };
  return html`<div class="controls">
      <vscode-text-field
        ${aria({ ariaLabel: name, ariaInvalid: `${edit !== null && problem !== null}` })}
        .value=${live(text)}
        @input=${(event: Event) => {
          edited(textOf(event), false);
        }}
        @change=${(event: Event) => {
          edited(textOf(event), true);
        }}
        @blur=${() => {
          if (edit?.isDone === false) act.change({ edit: null });
        }}
      ></vscode-text-field>
      ${slider ? range(argument, slider, typedNumber(text), edited) : nothing}
    </div>
    ${edit && problem !== null ? html`<p class="problem" role="alert">${problem}</p>` : nothing}`;
}

function range(
  { name }: Changeable,
  slider: Slider,
  value: number | undefined,
  edited: (typed: string, isDone: boolean) => void,
): TemplateResult {
  const slid =
    (isDone: boolean) =>
    ({ currentTarget }: Event): void => {
      if (!(currentTarget instanceof HTMLInputElement)) return;
      edited(pythonText(valueAt(slider, currentTarget.valueAsNumber)), isDone);
    };
  return html`<input
    type="range"
    min="0"
    max=${positions}
    aria-label=${`${name}, slider`}
    aria-valuetext=${value === undefined ? nothing : pythonText(value)}
    .value=${live(String(positionOf(slider, value ?? slider.min)))}
    @input=${slid(false)}
    @change=${slid(true)}
  />`;
}

/** What is wrong with a text as a value; null where nothing is. */
function problemOf(text: string, slider: Slider | null): string | null {
  const value = typedNumber(text);
  if (value === undefined) return 'Give a number, such as 1e-3.';
  if (slider?.isWhole === true && !Number.isInteger(value)) return 'Give a whole number.';
  return null;
}
