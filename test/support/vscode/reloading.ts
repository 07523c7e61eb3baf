import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** VS Code saves its layout now and then; what it saves while a page goes may be lost. */
const longestUntilSaved = 90_000;

/**
 * Loads the window anew, as soon as VS Code has saved a panel of that type together with what its page
 * keeps: it may save the panel before the page has anything to keep.
 *
 * @param panelType what the extension registers a serializer for.
 */
export async function reloadWindow(page: Page, panelType: string): Promise<void> {
  const until = performance.now() + longestUntilSaved;
  const isSaved = ({ providedId, state }: SavedPanel): boolean =>
    providedId === panelType && state !== undefined;
  while (!(await savedPanels(page)).some(isSaved)) {
    assert.ok(performance.now() < until, `VS Code does not save that there is ${panelType}.`);
    await setTimeout(500);
  }
  await page.reload();
}

interface SavedPanel {
  readonly providedId: unknown;
  readonly state?: unknown;
}

/** The panels of the layout that VS Code in a browser has saved: it keeps that in IndexedDB. */
async function savedPanels(page: Page): Promise<readonly SavedPanel[]> {
  const { origins } = await page.context().storageState({ indexedDB: true });
  const saved = origins.flatMap((origin) => databasesOf(origin));
  return saved
    .flatMap(({ stores }) => stores.flatMap(({ records }) => records))
    .filter(({ key }) => key === 'memento/workbench.parts.editor')
    .flatMap(({ value }) => panelsOf(value));
}

/** Editors are in groups, those in a grid, and each is JSON within the JSON of the others. */
function panelsOf(saved: unknown): readonly SavedPanel[] {
  if (typeof saved === 'string' && saved.startsWith('{')) return panelsOf(JSON.parse(saved));
  if (typeof saved !== 'object' || saved === null) return [];
  if ('providedId' in saved) return [saved];
  return Object.values(saved).flatMap(panelsOf);
}

interface SavedDatabase {
  readonly stores: readonly {
    readonly records: readonly { readonly key?: unknown; readonly value?: unknown }[];
  }[];
}

/** Playwright's types leave them out. */
const databasesOf = (origin: object): readonly SavedDatabase[] =>
  (origin as { readonly indexedDB?: readonly SavedDatabase[] }).indexedDB ?? [];
