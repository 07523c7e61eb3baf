import { html, nothing, type TemplateResult } from 'lit-html';
import { aria } from './toolkit.ts';

/** A button that stays pressed. @param obstacle why it cannot be pressed; null where it can. */
export function toggle(
  label: string,
  isOn: boolean,
  turn: (isOn: boolean) => void,
  obstacle: string | null = null,
): TemplateResult {
  return html`<vscode-button
    class="toggle"
    appearance="icon"
    ${aria({ ariaLabel: label, ariaPressed: `${isOn}` })}
    title=${obstacle ?? nothing}
    ?disabled=${obstacle !== null}
    @click=${() => {
      turn(!isOn);
    }}
    >${label}</vscode-button
  >`;
}
