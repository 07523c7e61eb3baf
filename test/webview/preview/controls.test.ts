import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { PreviewState, WhatIf } from '../../../webview/messages.ts';
import { scheduleFunctions } from '../../../schedules/optax/catalog.ts';
import { eventually } from '../support/eventually.ts';
import { mixture, tutorial } from '../support/examples.ts';
import { previewsForTests, stateOf, type Preview } from '../support/previewHost.ts';

describe('the controls of the preview', () => {
  const { open } = previewsForTests();
  const openMixture = async (options: Partial<PreviewState> = {}): Promise<Preview> => {
    const preview = await open({ text: mixture });
    await preview.show(stateOf(mixture, { active: 'warmup', ...options }));
    preview.forget();
    return preview;
  };
  const button = ({ page }: Preview, name: string): Locator =>
    page.getByRole('button', { name, exact: true });
  const hidden = async (preview: Preview): Promise<readonly string[]> =>
    (await preview.chart()).series.filter(({ isHidden }) => isHidden).map(({ name }) => name);

  describe('the header', () => {
    it('locks the panel to its file, and shows that it is', async () => {
      const preview = await openMixture();
      const lock = button(preview, 'Stay with this file');
      assert.equal(await lock.getAttribute('aria-pressed'), 'false');
      await lock.click();
      assert.equal((await preview.lastly('setLocked')).isLocked, true);
      await preview.page.locator('.lock[aria-pressed=true]').waitFor();
    });

    it('says why curves are old, and lets nobody drag them', async () => {
      const preview = await openMixture({ stale: 'A bracket is not closed in line 3.' });
      assert.match(await preview.page.locator('.stale').innerText(), /A bracket is not closed/);
      assert.equal(await preview.page.locator('.handle').count(), 0);
    });
  });

  describe('the axes', () => {
    it('count steps or epochs', async () => {
      const preview = await open({ text: tutorial });
      await button(preview, 'Epochs').click();
      await preview.page.locator('.toggle[aria-pressed=true]', { hasText: 'Epochs' }).waitFor();
      const { view } = (await preview.saved()) as { readonly view: { readonly inEpochs: boolean } };
      assert.equal(view.inEpochs, true);
    });

    it('cannot count epochs where the code does not say how many steps they have', async () => {
      const preview = await openMixture();
      assert.equal(await button(preview, 'Epochs').isDisabled(), true);
    });

    it('show a rate of 0 at the foot of a logarithmic axis', async () => {
      const preview = await openMixture();
      const above = await yOfHandle(preview, 'init_value');
      await button(preview, 'Log').click();
      await preview.page.locator('.toggle[aria-pressed=true]', { hasText: 'Log' }).waitFor();
      const [foot, end] = [
        await yOfHandle(preview, 'init_value'),
        await yOfHandle(preview, 'end_value'),
      ];
      assert.equal(foot, above);
      assert.ok(end < foot - 20, 'a rate above 0 is clearly above the foot');
    });
  });

  describe('zoom and pan', () => {
    const steps = async (preview: Preview): Promise<readonly [number, number]> => {
      const { from, to } = await preview.chart();
      return [from, to];
    };

    it('zoom with the wheel around the pointer, and back', async () => {
      const preview = await openMixture();
      const [from, to] = await steps(preview);
      const plot = await middleOf(preview.page.locator('.plot'));
      await preview.page.mouse.move(plot.x, plot.y);
      await preview.page.mouse.wheel(0, -300);
      await eventually(async () => {
        const [zoomedFrom, zoomedTo] = await steps(preview);
        assert.ok(zoomedFrom > from && zoomedTo < to);
      });
      await button(preview, 'All Steps').click();
      assert.deepEqual(await steps(preview), [from, to]);
    });

    it('leave the wheel to the page where there is nothing to zoom out', async () => {
      const preview = await open({ text: mixture, height: 400 });
      const plot = await middleOf(preview.page.locator('.plot'));
      await preview.page.mouse.move(plot.x, plot.y);
      await preview.page.mouse.wheel(0, 200);
      await eventually(async () => {
        assert.ok((await preview.page.evaluate<number>('scrollY')) > 0);
      });
    });

    it('pan by dragging', async () => {
      const preview = await openMixture();
      const plot = await middleOf(preview.page.locator('.plot'));
      await preview.page.mouse.move(plot.x, plot.y);
      await preview.page.mouse.wheel(0, -500);
      await button(preview, 'All Steps').and(preview.page.locator(':enabled')).waitFor();
      const [from, to] = await steps(preview);
      await preview.page.mouse.down();
      await preview.page.mouse.move(plot.x - 100, plot.y, { steps: 4 });
      await preview.page.mouse.up();
      await eventually(async () => {
        const [pannedFrom, pannedTo] = await steps(preview);
        assert.ok(pannedFrom > from);
        assert.ok(Math.abs(pannedTo - pannedFrom - (to - from)) < 1e-6);
      });
      assert.deepEqual(preview.said('select'), [], 'a drag is no press');
    });

    it('zoom with two fingers', async () => {
      const preview = await openMixture();
      const [from, to] = await steps(preview);
      const { x, y } = await middleOf(preview.page.locator('.plot'));
      const session = await preview.page.context().newCDPSession(preview.page);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints:
            apart === undefined
              ? []
              : [
                  { x: x - apart, y, id: 1 },
                  { x: x + apart, y, id: 2 },
                ],
        });
      await touch('touchStart', 40);
      for (const apart of [60, 80, 120]) await touch('touchMove', apart);
      await touch('touchEnd');
      await eventually(async () => {
        const [zoomedFrom, zoomedTo] = await steps(preview);
        assert.ok(zoomedTo - zoomedFrom < (to - from) / 2);
      });
    });

    it('zoom, pan and reset with the keyboard', async () => {
      const preview = await openMixture();
      const all = await steps(preview);
      await preview.page.locator('.reader').focus();
      await preview.page.keyboard.press('+');
      const zoomed = await steps(preview);
      assert.ok(zoomed[1] - zoomed[0] < all[1] - all[0]);
      await preview.page.keyboard.press('PageDown');
      assert.ok((await steps(preview))[0] > zoomed[0]);
      await preview.page.keyboard.press('0');
      assert.deepEqual(await steps(preview), all);
    });
  });

  describe('the crosshair', () => {
    it('reads all rates at the step under the pointer, in the list', async () => {
      const preview = await openMixture();
      const plot = await middleOf(preview.page.locator('.plot'));
      await preview.page.mouse.move(plot.x, plot.y);
      await preview.page.locator('.legend h2', { hasText: /At step [\d,]+/ }).waitFor();
      await preview.page.locator('.dot').first().waitFor();
      const values = await preview.page.locator('.row .value').allInnerTexts();
      assert.equal(values.filter((value) => /\d/.test(value)).length, 4);
      await preview.page.mouse.move(plot.x, 2);
      await preview.page.locator('.legend h2', { hasText: 'Schedules' }).waitFor();
    });

    it('asks for exact rates where the curves have no sample, and shows them', async () => {
      const preview = await open({
        text: `${mixture}\nlong = optax.cosine_decay_schedule(1.0, 10**6)`,
      });
      await preview.page.locator('.reader').focus();
      await preview.page.keyboard.press('ArrowRight');
      const { steps } = await preview.lastly('evaluate');
      const value = preview.page.locator('[data-schedule=long] .value', { hasText: /^\d/ });
      const read = Number(await value.innerText());
      const exact = 0.5 * (1 + Math.cos((Math.PI * steps[0]!) / 1e6));
      assert.ok(Math.abs(read - exact) < 1e-5);
    });

    it('moves with the arrow keys and is read out', async () => {
      const preview = await openMixture();
      const reader = preview.page.getByRole('slider', { name: 'Step at which the rates are read' });
      await reader.focus();
      await preview.page.keyboard.press('Home');
      await preview.page.keyboard.press('Shift+ArrowRight');
      await eventually(async () => {
        const text = await reader.getAttribute('aria-valuetext');
        assert.match(text ?? '', /^step \d+, warmup [\d.e-]+$/);
        assert.ok(Number(await reader.getAttribute('aria-valuenow')) > 0);
      });
    });
  });

  describe('the list of schedules', () => {
    it('selects the one whose name is pressed', async () => {
      const preview = await openMixture();
      await button(preview, 'stairs').click();
      assert.equal((await preview.lastly('select')).schedule, 'stairs');
      await preview.page.locator('.row.active[data-schedule=stairs]').waitFor();
    });

    it('selects the one whose curve is pressed', async () => {
      const preview = await openMixture();
      await button(preview, 'Show pieces').dblclick();
      const plot = await middleOf(preview.page.locator('.plot'));
      await preview.page.mouse.move(plot.x, plot.y);
      const curve = await middleOf(preview.page.locator('.dot'));
      await preview.page.mouse.click(plot.x, curve.y + 30);
      assert.deepEqual(preview.said('select'), [], 'that was too far away');
      await preview.page.mouse.click(plot.x, curve.y + 3);
      assert.equal((await preview.lastly('select')).schedule, 'pieces');
    });

    it('hides a curve and shows it again', async () => {
      const preview = await openMixture();
      const swatch = button(preview, 'Show stairs');
      await swatch.click();
      assert.deepEqual(await hidden(preview), ['stairs']);
      assert.equal(await swatch.getAttribute('aria-pressed'), 'false');
      await swatch.focus();
      await preview.page.keyboard.press('Enter');
      assert.deepEqual(await hidden(preview), []);
    });

    it('isolates a curve by a double click or Alt, and shows all by the next', async () => {
      const preview = await openMixture();
      await button(preview, 'Show stairs').dblclick();
      assert.deepEqual(await hidden(preview), ['warmup', 'pieces', 'assumed']);
      await button(preview, 'Show stairs').click({ modifiers: ['Alt'] });
      assert.deepEqual(await hidden(preview), []);
    });

    it('says why Optax refuses a schedule', async () => {
      const preview = await openMixture();
      const row = preview.page.locator('[data-schedule=refused]');
      assert.match(await row.innerText(), /decay_steps must be greater than 0/);
    });

    it('ticks schedules to be compared; all that can be if none is ticked', async () => {
      const preview = await openMixture();
      await button(preview, 'Compare All').click();
      assert.deepEqual((await preview.lastly('compare')).schedules, [
        'warmup',
        'stairs',
        'pieces',
        'assumed',
      ]);
      await preview.page.getByRole('checkbox', { name: 'Compare stairs' }).click();
      await preview.page.getByRole('checkbox', { name: 'Compare pieces' }).press('Space');
      await button(preview, 'Compare 2 Schedules').click();
      assert.deepEqual((await preview.lastly('compare')).schedules, ['stairs', 'pieces']);
      assert.equal(
        await preview.page.getByRole('checkbox', { name: 'Compare refused' }).isDisabled(),
        true,
      );
    });
  });

  describe('the table', () => {
    it('has the rates of all schedules in place of the picture', async () => {
      const preview = await openMixture();
      await button(preview, 'Table').click();
      const table = preview.page.getByRole('table');
      await table.waitFor();
      const heads = await table.getByRole('columnheader').allInnerTexts();
      assert.deepEqual(heads, ['Step', 'warmup', 'stairs', 'pieces', 'assumed']);
      const row = table.getByRole('row', { name: '200 ' });
      assert.match(await row.first().innerText(), /200\s+1e-3\s+2.5e-4/);
      assert.equal(await preview.page.locator('.plot').count(), 0);
      await button(preview, 'Table').click();
      await preview.page.locator('.plot').waitFor();
    });
  });

  describe('the gallery', () => {
    it('shows all functions with pictures, and inserts one', async () => {
      const preview = await openMixture();
      await button(preview, 'Insert…').click();
      const items = preview.page.locator('.gallery li');
      assert.deepEqual(
        await items.locator('h3').allInnerTexts(),
        scheduleFunctions.map(({ name }) => name),
      );
      assert.equal(await items.locator('svg').count(), scheduleFunctions.length);
      await button(preview, 'Insert sgdr_schedule').click();
      assert.equal((await preview.lastly('insert')).function, 'sgdr_schedule');
      await preview.page.locator('.plot').waitFor();
    });

    it('goes back to the chart', async () => {
      const preview = await openMixture();
      await button(preview, 'Insert…').click();
      await button(preview, 'Back to the Chart').click();
      await preview.page.locator('.plot').waitFor();
    });

    it('is what a file without schedules shows, with what to do', async () => {
      const preview = await open({ text: 'import optax\n' });
      assert.match(
        await preview.page.locator('.empty').innerText(),
        /There are no schedules in this file yet\.\s+Insert one/,
      );
      await button(preview, 'Insert constant_schedule').click();
      assert.equal((await preview.lastly('insert')).function, 'constant_schedule');
    });
  });

  describe('the menu of copies', () => {
    const formats = {
      'Optax Code': 'optax',
      'JSON for a *.schedules.json': 'json',
      'CSV, the Rate of Each Step': 'csv',
      'SVG Picture': 'svg',
    } as const;
    for (const [label, format] of Object.entries(formats)) {
      it(`copies the active schedule as ${format}`, async () => {
        const preview = await openMixture();
        await button(preview, 'Copy As').click();
        await preview.page.getByRole('menuitem', { name: label }).click();
        const { schedules, format: asked } = await preview.lastly('copy');
        assert.deepEqual([schedules, asked], [['warmup'], format]);
        await preview.page.getByRole('menu').waitFor({ state: 'detached' });
        assert.equal(await focusedName(preview), 'Copy As');
      });
    }

    it('copies the ticked schedules where some are', async () => {
      const preview = await openMixture();
      await preview.page.getByRole('checkbox', { name: 'Compare stairs' }).click();
      await preview.page.getByRole('checkbox', { name: 'Compare pieces' }).click();
      await button(preview, 'Copy As').click();
      await preview.page.getByRole('menuitem', { name: 'SVG Picture' }).click();
      assert.deepEqual((await preview.lastly('copy')).schedules, ['stairs', 'pieces']);
    });

    it('saves the chart as a PNG picture with the names of its curves', async () => {
      const preview = await openMixture();
      await button(preview, 'Copy As').click();
      await preview.page.getByRole('menuitem', { name: 'PNG' }).click();
      const png = Buffer.from((await preview.lastly('savePicture')).png);
      assert.equal(png.subarray(1, 4).toString(), 'PNG');
      const plot = (await preview.page.locator('.plot').boundingBox())!;
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)].map(Math.sign), [1, 1]);
      assert.equal(png.readUInt32BE(16), Math.round(plot.width));
      assert.ok(png.readUInt32BE(20) >= plot.height + 4 * 20);
    });

    it('is used with the keyboard alone', async () => {
      const preview = await openMixture();
      const { keyboard } = preview.page;
      await button(preview, 'Copy As').focus();
      await keyboard.press('Enter');
      await preview.page.getByRole('menu').waitFor();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowDown']) {
        await keyboard.press(key);
      }
      await keyboard.press('Enter');
      assert.equal((await preview.lastly('copy')).format, 'optax');
      await preview.page.getByRole('menu').waitFor({ state: 'detached' });
      await button(preview, 'Copy As').press('Enter');
      await preview.page.getByRole('menu').waitFor();
      await keyboard.press('ArrowDown');
      await keyboard.press('Escape');
      await preview.page.getByRole('menu').waitFor({ state: 'detached' });
      assert.equal(await focusedName(preview), 'Copy As');
    });

    it('closes when something else gets the focus', async () => {
      const preview = await openMixture();
      await button(preview, 'Copy As').click();
      await button(preview, 'stairs').focus();
      await preview.page.getByRole('menu').waitFor({ state: 'detached' });
    });
  });

  describe('what if', () => {
    it('looks at other epochs and batch sizes, and back', async () => {
      const preview = await open({ text: tutorial });
      const isAsked = (whatIf: WhatIf): Promise<void> =>
        eventually(() => {
          assert.deepEqual(preview.said('whatIf').at(-1)?.whatIf, whatIf);
        });
      const epochs = preview.page.getByRole('textbox', { name: 'Epochs, what if' });
      await epochs.fill('20');
      await isAsked({ epochs: 20, batchSize: null });
      await preview.show(stateOf(tutorial, { whatIf: { epochs: 20, batchSize: null } }));
      await preview.page.getByRole('textbox', { name: 'Batch size, what if' }).fill('64');
      await isAsked({ epochs: 20, batchSize: 64 });
      await preview.page.locator('.what-if').getByRole('button', { name: 'Reset' }).click();
      await isAsked({ epochs: null, batchSize: null });
    });

    it('says nothing of numbers that no training has', async () => {
      const preview = await open({ text: tutorial });
      for (const wrong of ['0', '-3', '1.5', 'many']) {
        await preview.page.getByRole('textbox', { name: 'Epochs, what if' }).fill(wrong);
      }
      assert.deepEqual(preview.said('whatIf'), []);
    });

    it('cannot be asked where the code has no name for it', async () => {
      const preview = await openMixture();
      const epochs = preview.page.getByRole('textbox', { name: 'Epochs, what if' });
      assert.equal(await epochs.isDisabled(), true);
    });
  });
});

async function middleOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const { x, y, width, height } = (await locator.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

async function yOfHandle({ page }: Preview, argument: string): Promise<number> {
  return (await middleOf(page.getByRole('slider', { name: `${argument} of warmup` }))).y;
}

/** The text of the element with the focus. */
function focusedName({ page }: Preview): Promise<unknown> {
  return page.evaluate('document.activeElement.innerText.trim()');
}
