import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** VS Code saves its layout now and then; what it saves while a page goes may be lost. */
const longestUntilSaved = 90_000;

/**
 * Loads the window anew, as soon as VS Code has saved that there is a panel of that type.
 *
 * @param panelType what the extension registers a serializer for.
 */
export async function reloadWindow(page: Page, panelType: string): Promise<void> {
  const until = performance.now() + longestUntilSaved;
  while (!(await savedLayouts(page)).includes(panelType)) {
    assert.ok(performance.now() < until, `VS Code does not save that there is ${panelType}.`);
    await setTimeout(500);
  }
  await page.reload();
}

/** What VS Code in a browser has saved of its editors: it keeps that in IndexedDB. */
async function savedLayouts(page: Page): Promise<string> {
  const { origins } = await page.context().storageState({ indexedDB: true });
  const saved = origins.flatMap((origin) => databasesOf(origin));
  const records = saved.flatMap(({ stores }) => stores).flatMap((store) => store.records);
  return JSON.stringify(records.filter(({ key }) => key === 'memento/workbench.parts.editor'));
}

interface SavedDatabase {
  readonly stores: readonly { readonly records: readonly { readonly key?: unknown }[] }[];
}

/** Playwright's types leave them out. */
const databasesOf = (origin: object): readonly SavedDatabase[] =>
  (origin as { readonly indexedDB?: readonly SavedDatabase[] }).indexedDB ?? [];
