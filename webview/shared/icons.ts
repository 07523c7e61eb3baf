import { svg, html, type TemplateResult } from 'lit-html';

/** Line drawings of 16 by 16 pixels in the colour of the text around them. */
const drawings = {
  locked: svg`<rect x="3.5" y="7.5" width="9" height="6"/><path d="M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"/>`,
  unlocked: svg`<rect x="3.5" y="7.5" width="9" height="6"/><path d="M5.5 7.5V4.5a2.5 2.5 0 0 1 5 0"/>`,
  warning: svg`<path d="M8 2.5 14 13.5H2zM8 6.5v3.5M8 11v1.2"/>`,
  error: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v4M8 10v1.2"/>`,
  down: svg`<path d="m4 6.5 4 4 4-4"/>`,
  up: svg`<path d="M8 13V5.5M4.5 8.5 8 5l3.5 3.5M3.5 2.5h9"/>`,
  wait: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3l2 1.5"/>`,
  play: svg`<path d="m5 3 7.5 5L5 13z"/>`,
  pause: svg`<path d="M5.5 3.5v9M10.5 3.5v9"/>`,
  stop: svg`<rect x="4" y="4" width="8" height="8"/>`,
  done: svg`<path d="m3 8.5 3.5 3.5L13 4.5"/>`,
  failed: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  diverged: svg`<path d="M2 11.5h4l2-3 1.5 1L13.5 2M10.5 2h3v3"/>`,
  broken: svg`<path d="M2 8h3.5l1-2.5M14 8h-3.5l-1 2.5"/>`,
  reused: svg`<path d="M13 8a5 5 0 0 1-9 3M3 8a5 5 0 0 1 9-3M12 2v3H9M4 14v-3h3"/>`,
  code: svg`<path d="m5.5 4.5-3.5 3.5 3.5 3.5M10.5 4.5l3.5 3.5-3.5 3.5"/>`,
} as const;

export type Icon = keyof typeof drawings;

/** @param slot of the toolkit's control that the icon is for, such as `start`. */
export function icon(name: Icon, slot = ''): TemplateResult {
  return html`<svg
    class="icon"
    slot=${slot}
    viewBox="0 0 16 16"
    width="16"
    height="16"
    aria-hidden="true"
  >
    ${drawings[name]}
  </svg>`;
}
