import type { Locator, Page } from 'playwright-core';
import { retried } from './retrying.ts';

/** Runs a command by its title as the command palette shows it, such as `Anneal: Open Schedule Preview`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await choose(page, `>${title}`, title);
}

/** Opens a file of the workspace by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  await choose(page, name, name);
  await page.locator('.tab.active', { hasText: name }).waitFor();
}

/** Puts the cursor of the active editor at a place; lines and columns count from 1. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await choose(page, `:${line}:${column}`, `line ${line}`);
}

/**
 * Takes the entry of that text. An open list is not renewed when extensions register more, so it is
 * closed and opened again until the entry is there.
 */
async function choose(page: Page, filter: string, text: string): Promise<void> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await retried(20, `VS Code does not offer "${text}"`, async () => {
    await quickInput(page, filter);
    const row = rows.filter({ hasText: text }).first();
    await row.click({ timeout: 2_000 }).catch(async () => {
      const offered = (await rows.allInnerTexts()).join(' | ').replaceAll('\n', ' ');
      await page.keyboard.press('Escape');
      throw new Error(`offered were: ${offered}`);
    });
  });
}

/** Opens the palette with a text in it: `>` begins a command, `:` a line, else it is a file. */
async function quickInput(page: Page, text: string): Promise<Locator> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input[type=text]:visible').first();
  await input.fill(text);
  return input;
}
