import type { Page } from 'playwright-core';
import { openFile } from './quickInput.ts';

/** Opens a notebook of the workspace. */
export async function openNotebook(page: Page, name: string): Promise<void> {
  await openFile(page, name);
  const cells = page.locator('.notebook-editor .cell-list-container .monaco-list-row');
  await cells.first().waitFor({ state: 'attached' });
}

/** Puts the cursor at the end of the code cell that holds a text, scrolling it into sight. */
export async function editCell(page: Page, text: string): Promise<void> {
  const cell = page.locator('.notebook-editor .code-cell-row', { hasText: text }).first();
  await cell.locator('.view-lines').click();
  await page.keyboard.press('Control+End');
}
