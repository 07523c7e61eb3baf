import { html, type TemplateResult } from 'lit-html';

/** Long names break where their words end. */
export function breakable(name: string): readonly (string | TemplateResult)[] {
  return name.split(/(?<=[_.])/).map((word) => html`${word}<wbr />`);
}
