import { ColorThemeKind, window } from 'vscode';
import { palettes, type Palette } from '../schedules/drawing/palettes.ts';

/** The palette of the colour theme as it is now: a picture cannot read the theme's variables. */
export function activePalette(): Palette {
  switch (window.activeColorTheme.kind) {
    case ColorThemeKind.Light:
      return palettes.light;
    case ColorThemeKind.Dark:
      return palettes.dark;
    case ColorThemeKind.HighContrastLight:
      return palettes.highContrastLight;
    case ColorThemeKind.HighContrast:
      return palettes.highContrastDark;
  }
}
