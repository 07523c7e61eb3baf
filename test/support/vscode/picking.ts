import type { Locator, Page } from 'playwright-core';

/** A row of the list that VS Code shows at present. */
export function pickRow(page: Page, text: string): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
}

/** Takes the row of that text. */
export async function pick(page: Page, text: string): Promise<void> {
  await pickRow(page, text).click();
}

/** Answers the input box whose title or text is that. */
export async function answer(page: Page, title: string, text: string): Promise<void> {
  await page.locator('.quick-input-widget:visible', { hasText: title }).waitFor();
  await page.locator('.quick-input-widget input[type=text]:visible').first().fill(text);
  await page.keyboard.press('Enter');
}
