/** The one place that knows Microsoft's webview-ui-toolkit, which is deprecated upstream. */
import {
  Checkbox,
  Dropdown,
  provideVSCodeDesignSystem,
  TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { noChange } from 'lit-html';
import {
  Directive,
  directive,
  type DirectiveParameters,
  type ElementPart,
} from 'lit-html/directive.js';

/** Defines the elements `vscode-button`, `vscode-checkbox` and so on. */
export function defineControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextField(),
  );
}

/** What a control tells those who do not see it. */
interface Aria {
  readonly ariaLabel: string;
  readonly ariaPressed?: 'true' | 'false';
  readonly ariaExpanded?: 'true' | 'false';
  readonly ariaHaspopup?: 'menu';
  readonly ariaInvalid?: 'true' | 'false';
}

class AriaDirective extends Directive {
  override render(_aria: Aria): typeof noChange {
    return noChange;
  }

  /**
   * As properties, since the toolkit's button does not hear of most attributes; and once the control
   * is on the page, since fields and boxes then name themselves "Text field" and "Checkbox".
   */
  override update({ element }: ElementPart, [aria]: DirectiveParameters<this>): typeof noChange {
    queueMicrotask(() => Object.assign(element, aria));
    return noChange;
  }
}

/** In a template, gives a control of the toolkit its name and states: `<vscode-button ${aria(…)}>`. */
export const aria = directive(AriaDirective);

/** What the field or choice that an event is of now holds. */
export function textOf({ currentTarget }: Event): string {
  return currentTarget instanceof TextField || currentTarget instanceof Dropdown
    ? currentTarget.value
    : '';
}

/** Whether the box that an event is of is ticked. */
export function isTicked({ currentTarget }: Event): boolean {
  return currentTarget instanceof Checkbox && currentTarget.checked;
}
