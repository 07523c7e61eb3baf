import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { palettes, type Palette } from '../../schedules/drawing/palettes.ts';
import { positionsIn } from '../../schedules/positions.ts';
import { root } from '../support/vscode/cache.ts';
import { hoverAtCursor, type Hover } from '../support/vscode/editor.ts';
import { takePicture } from '../support/vscode/picture.ts';
import { goTo, openFile } from '../support/vscode/quickInput.ts';
import { retried } from '../support/vscode/retrying.ts';
import { allThemes, useTheme, type Theme } from '../support/vscode/theme.ts';
import { workbenchForTests } from '../support/vscode/workbench.ts';

const paletteOf: Readonly<Record<Theme, Palette>> = {
  light: palettes.light,
  dark: palettes.dark,
  highContrast: palettes.highContrastDark,
  highContrastLight: palettes.highContrastLight,
};

const file = 'tutorial.py';
const code = await readFile(join(root, 'examples', file), 'utf8');

/** Puts the cursor before the first occurrence of a text in the open file, and rests the mouse there. */
async function hoverAt(page: Page, text: string): Promise<Hover> {
  const { line, column } = positionsIn(code)(code.indexOf(text));
  await page.keyboard.press('Escape');
  await goTo(page, line, column);
  return hoverAtCursor(page);
}

/** The picture of a hover as the page has it: an SVG. */
function svgIn({ pictures: [source = ''] }: Hover): string {
  const [, data] = /^data:image\/svg\+xml;base64,(.+)$/.exec(source) ?? [];
  assert.ok(data, `the page keeps the picture: ${source.slice(0, 40)}`);
  return Buffer.from(data, 'base64').toString();
}

describe('A hover in VS Code', function () {
  this.timeout(120_000);
  const workbench = workbenchForTests();

  it('shows the curve as a picture that fits each theme, also after a change of it', async () => {
    const { page } = workbench();
    await openFile(page, file);
    for (const theme of allThemes) {
      await useTheme(workbench(), theme);
      await retried(5, `The hover does not follow the theme ${theme}`, async () => {
        const hover = await hoverAt(page, 'cosine_decay_scheduler =');
        assert.ok(svgIn(hover).includes(`fill="${paletteOf[theme].background}"`));
        assert.match(hover.text, /start 1e-4 · end 9\.5e-5 · 2350 steps \(10 epochs\)/);
        const size = await hover.widget.locator('img').first().boundingBox();
        assert.equal(size?.width, 360, 'the picture is drawn, and not scaled');
        await takePicture(hover.widget, `hover-${theme}`);
      });
    }
  });

  it('shows the effect of an argument, and where it leads to', async () => {
    const { page } = workbench();
    const hover = await hoverAt(page, 'decay_steps=');
    assert.match(hover.text, /decay_steps = 2350/);
    assert.match(svgIn(hover), />1175</);
    for (const title of ['Open Preview', 'Compare Schedules'])
      assert.ok(await hover.widget.getByText(title).isVisible(), title);
    await takePicture(hover.widget, 'hover-argument');
  });
});
