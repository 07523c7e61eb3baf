import type { Locator, Page } from 'playwright-core';
import { retried } from './retrying.ts';

/** What a hover shows. */
export interface Hover {
  readonly text: string;
  /** The sources of its pictures, in their order. */
  readonly pictures: readonly string[];
  readonly widget: Locator;
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** The editor that has the focus: of a file, or of a notebook's cell. */
export function focusedEditor(page: Page): Locator {
  return page.locator('.monaco-editor.focused');
}

/** Rests the mouse on what the cursor of the focused editor stands before, until a hover shows. */
export async function hoverAtCursor(page: Page): Promise<Hover> {
  const widget = page.locator('.monaco-hover:visible', { has: page.locator('.hover-row') }).first();
  await retried(5, 'No hover shows', async () => {
    // Lenses that come late move the text, so the place is asked for each time.
    const cursor = await focusedEditor(page).locator('.cursor').first().boundingBox();
    if (cursor === null) throw new Error('No editor shows its cursor.');
    const [x, y] = [cursor.x + 4, cursor.y + cursor.height / 2];
    await page.mouse.move(x + 40, y + 60);
    await page.mouse.move(x, y, { steps: 4 });
    await widget.waitFor({ timeout: 3_000 });
  });
  const images = await widget.locator('img').all();
  const sources = await Promise.all(images.map((image) => image.getAttribute('src')));
  return {
    text: await widget.innerText(),
    pictures: sources.filter((source) => source !== null),
    widget,
  };
}

/** Waits until something in sight in the focused editor is underlined as being so serious. */
export async function underlined(page: Page, severity: Severity): Promise<void> {
  await focusedEditor(page).locator(`.cdr.squiggly-${severity}`).first().waitFor();
}

/** Applies the quick fix of that title where the cursor stands. */
export async function applyQuickFix(page: Page, title: string): Promise<void> {
  const fix = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  await retried(5, `VS Code does not offer "${title}"`, async () => {
    // What is asked before the findings are there has no fixes, and stays so.
    if (await page.locator('.action-widget').first().isVisible())
      await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await fix.waitFor({ timeout: 3_000 });
    // The menu takes no click before the mouse has moved in it, and closes when findings come.
    await fix.hover({ force: true, timeout: 3_000 });
    await fix.click({ timeout: 3_000 });
  });
  await fix.waitFor({ state: 'hidden' });
}

/** Asks for completions where the cursor stands. @returns their rows, as far as they are in sight. */
export async function completions(page: Page): Promise<Locator> {
  const widget = page.locator('.suggest-widget.visible');
  const rows = widget.locator('.monaco-list-row');
  await retried(5, 'VS Code has no completions there', async () => {
    // What came by itself while typing may be of an earlier text.
    if (await widget.isVisible()) await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Space');
    await rows.first().waitFor({ timeout: 3_000 });
  });
  return rows;
}

/** Accepts the completion whose row (label, then its detail) has that text. */
export async function acceptCompletion(page: Page, text: string): Promise<void> {
  const row = (await completions(page)).filter({ hasText: text }).first();
  await row.click();
  await row.waitFor({ state: 'hidden' });
}
