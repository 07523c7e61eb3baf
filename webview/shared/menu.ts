import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from './icons.ts';
import { aria } from './toolkit.ts';

export interface Menu {
  /** Of the button that opens it. */
  readonly label: string;
  /** What its items do, for those who do not see the button. */
  readonly purpose: string;
  readonly title: string | null;
  readonly items: readonly MenuItem[];
  readonly isOpen: boolean;
  readonly isDisabled: boolean;
  readonly turn: (isOpen: boolean) => void;
}

export interface MenuItem {
  readonly label: string;
  /** Why it cannot be chosen now; null where it can. */
  readonly obstacle?: string | null;
  readonly choose: () => void;
}

/** A button, and the menu that it opens. */
export function menu(menu: Menu): TemplateResult {
  const { label, purpose, title, items, isOpen, isDisabled, turn } = menu;
  const close = (): void => {
    turn(false);
  };
  return html`<div
    class="menu-place"
    @keydown=${(event: KeyboardEvent) => {
      onKey(event, close);
    }}
    @focusout=${({ relatedTarget, currentTarget }: FocusEvent) => {
      // Also before it is drawn.
      if (currentTarget instanceof Node && !contains(currentTarget, relatedTarget)) close();
    }}
  >
    <vscode-button
      appearance="icon"
      ${aria({ ariaLabel: label, ariaHaspopup: 'menu', ariaExpanded: `${isOpen}` })}
      ?disabled=${isDisabled}
      @click=${() => {
        turn(!isOpen);
      }}
      >${label} ${icon('down', 'end')}</vscode-button
    >
    ${
      isOpen
        ? html`<div class="menu" role="menu" aria-label=${purpose}>
            ${title === null ? nothing : html`<p class="menu-title">${title}</p>`}
            ${items.map((one) =>
              item(one, () => {
                close();
                one.choose();
              }),
            )}
          </div>`
        : nothing
    }
  </div>`;
}

function item({ label, obstacle = null }: MenuItem, choose: () => void): TemplateResult {
  return html`<button
    type="button"
    role="menuitem"
    title=${obstacle ?? nothing}
    ?disabled=${obstacle !== null}
    @click=${({ currentTarget }: Event) => {
      if (currentTarget instanceof Element) buttonOf(currentTarget)?.focus();
      choose();
    }}
  >
    ${label}
  </button>`;
}

/** Arrows go from item to item, Escape goes back to the button. */
function onKey(event: KeyboardEvent, close: () => void): void {
  const { currentTarget: place, key } = event;
  if (!(place instanceof HTMLElement)) return;
  const items = [...place.querySelectorAll<HTMLElement>('[role=menuitem]:enabled')];
  const now = items.findIndex((one) => one === document.activeElement);
  const next: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowDown: items[now + 1] ?? items[0],
    ArrowUp: items.at(now < 0 ? -1 : now - 1),
    Home: items[0],
    End: items.at(-1),
    // Also before it is drawn.
    Escape: buttonOf(place),
  };
  const target = next[key];
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
