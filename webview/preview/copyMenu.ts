import { html, nothing, type TemplateResult } from 'lit-html';
import type { CopyFormat } from '../messages.ts';
import { icon } from '../shared/icons.ts';
import { aria } from '../shared/toolkit.ts';
import { counted } from './figures.ts';
import type { Act } from './page.ts';
import type { Projection, ShownSchedule } from './projection.ts';

const formats: readonly (readonly [CopyFormat, string])[] = [
  ['optax', 'Optax Code'],
  ['json', 'JSON for a *.schedules.json'],
  ['csv', 'CSV, the Rate of Each Step'],
  ['svg', 'SVG Picture'],
];

/** The menu of the forms that schedules can be copied in. */
export function copyMenu(
  projection: Projection,
  act: Act,
  savePicture: () => void,
): TemplateResult {
  const { isMenuOpen } = projection;
  const chosen = copied(projection);
  const close = (): void => {
    act.change({ isMenuOpen: false });
  };
  return html`<div
    class="menu-place"
    @keydown=${(event: KeyboardEvent) => {
      onKey(event, close);
    }}
    @focusout=${({ relatedTarget, currentTarget }: FocusEvent) => {
      if (currentTarget instanceof Node && !contains(currentTarget, relatedTarget)) close();
    }}
  >
    <vscode-button
      appearance="icon"
      ${aria({ ariaLabel: 'Copy As', ariaHaspopup: 'menu', ariaExpanded: `${isMenuOpen}` })}
      ?disabled=${chosen.length === 0}
      @click=${() => {
        act.change({ isMenuOpen: !isMenuOpen });
      }}
      >Copy As ${icon('down', 'end')}</vscode-button
    >
    ${
      isMenuOpen
        ? html`<div class="menu" role="menu" aria-label=${`Copy ${nameOf(chosen)} as`}>
            <p class="menu-title">${nameOf(chosen)}</p>
            ${formats.map(([format, label]) =>
              item(label, () => {
                close();
                act.send({ type: 'copy', schedules: chosen.map(({ name }) => name), format });
              }),
            )}
            ${item('PNG Picture of the Chart', () => {
              close();
              savePicture();
            })}
          </div>`
        : nothing
    }
  </div>`;
}

function item(label: string, choose: () => void): TemplateResult {
  return html`<button
    type="button"
    role="menuitem"
    @click=${({ currentTarget }: Event) => {
      if (currentTarget instanceof Element) buttonOf(currentTarget)?.focus();
      choose();
    }}
  >
    ${label}
  </button>`;
}

/** The ticked schedules, else the active one, else all. */
function copied({ schedules, active }: Projection): readonly ShownSchedule[] {
  const possible = schedules.filter(({ refused }) => refused === null);
  const ticked = possible.filter(({ isTicked }) => isTicked);
  if (ticked.length > 0) return ticked;
  return active?.refused === null ? [active] : possible;
}

function nameOf(chosen: readonly ShownSchedule[]): string {
  const [only, ...others] = chosen;
  return only && others.length === 0 ? only.name : counted(chosen.length, 'schedule');
}

/** Arrows go from item to item, Escape goes back to the button. */
function onKey(event: KeyboardEvent, close: () => void): void {
  const { currentTarget: place, key } = event;
  if (!(place instanceof HTMLElement)) return;
  const items = [...place.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const now = items.findIndex((one) => one === document.activeElement);
  const next: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowDown: items[now + 1] ?? items[0],
    ArrowUp: items.at(now < 0 ? -1 : now - 1),
    Home: items[0],
    End: items.at(-1),
    Escape: buttonOf(place),
  };
  const target = items.length > 0 ? next[key] : undefined;
  if (!target) return;
  event.preventDefault();
  target.focus();
  if (key === 'Escape') close();
}

/** The button that opens the menu that something is in. */
function buttonOf(element: Element): HTMLElement | undefined {
  const place = element.closest('.menu-place');
  return place?.querySelector<HTMLElement>('vscode-button') ?? undefined;
}

function contains(element: Node, other: EventTarget | null): boolean {
  return other instanceof Node && element.contains(other);
}
