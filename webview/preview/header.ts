import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from '../shared/icons.ts';
import { aria } from '../shared/toolkit.ts';
import type { Act } from './page.ts';
import type { Projection } from './projection.ts';

/** What is previewed, and whether it still is what the code says. */
export function header({ state }: Projection, act: Act): TemplateResult {
  const { file, isLocked, stale } = state;
  return html`<header class="header">
    <h1>${file}</h1>
    <vscode-button
      class="toggle lock"
      appearance="icon"
      ${aria({ ariaLabel: 'Stay with this file', ariaPressed: `${isLocked}` })}
      title=${
        isLocked
          ? 'Stays with this file. Press to follow the active editor.'
          : 'Follows the active editor. Press to stay with this file.'
      }
      @click=${() => {
        act.send({ type: 'setLocked', isLocked: !isLocked });
      }}
      >${icon(isLocked ? 'locked' : 'unlocked')}</vscode-button
    >
    ${
      stale === null
        ? nothing
        : html`<p class="notice stale">
            ${icon('warning')}<span><strong>Last good curves.</strong> ${stale}</span>
          </p>`
    }
  </header>`;
}
