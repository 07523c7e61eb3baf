import { palettes, type Palette } from '../../schedules/drawing/palettes.ts';

/** What a canvas, which has no style sheet, needs of the colour theme. */
export interface Theme {
  readonly palette: Palette;
  readonly isHighContrast: boolean;
  readonly background: string;
  readonly text: string;
  readonly faintText: string;
  readonly axis: string;
  readonly grid: string;
  readonly shade: string;
  readonly fontFamily: string;
  /** In pixels. */
  readonly fontSize: number;
}

/** The theme as it is now. The variables are made of VS Code's in page.css. */
export function currentTheme(): Theme {
  const style = getComputedStyle(document.body);
  const palette = currentPalette();
  const color = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--anneal-${name}`).trim() || otherwise;
  return {
    palette,
    isHighContrast: palette === palettes.highContrastDark || palette === palettes.highContrastLight,
    background: color('background', palette.background),
    text: color('text', palette.text),
    faintText: color('faint-text', palette.faintText),
    axis: color('axis', palette.axis),
    grid: color('grid', palette.grid),
    shade: color('shade', palette.shade),
    fontFamily: style.fontFamily,
    fontSize: parseFloat(style.fontSize),
  };
}

const forcedColors = matchMedia('(forced-colors: active)');
const darkColors = matchMedia('(prefers-color-scheme: dark)');

function currentPalette(): Palette {
  if (forcedColors.matches) {
    return darkColors.matches ? palettes.highContrastDark : palettes.highContrastLight;
  }
  switch (document.body.dataset['vscodeThemeKind']) {
    case 'vscode-dark':
      return palettes.dark;
    case 'vscode-high-contrast':
      return palettes.highContrastDark;
    case 'vscode-high-contrast-light':
      return palettes.highContrastLight;
    case 'vscode-light':
      return palettes.light;
    // A page outside of VS Code is as the browser likes it.
    default:
      return darkColors.matches ? palettes.dark : palettes.light;
  }
}

/** Tells of each change of the colour theme: VS Code rewrites variables and marks in place. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-kind'] });
  forcedColors.addEventListener('change', changed);
  darkColors.addEventListener('change', changed);
}
