import type { Workbench } from './workbench.ts';

/** The themes that a picture must suit, with the class that the workbench has under each. */
const themes = {
  light: { name: 'Default Light Modern', mark: 'vs' },
  dark: { name: 'Default Dark Modern', mark: 'vs-dark' },
  highContrast: { name: 'Default High Contrast', mark: 'hc-black' },
  highContrastLight: { name: 'Default High Contrast Light', mark: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;

export const allThemes = Object.keys(themes) as readonly Theme[];

/** Switches the colour theme, by the workspace's settings. */
export async function useTheme({ workspace, page }: Workbench, theme: Theme): Promise<void> {
  const { name, mark } = themes[theme];
  await workspace.changeSettings({ 'workbench.colorTheme': name });
  await page.locator(`.monaco-workbench.${mark}`).waitFor();
}
