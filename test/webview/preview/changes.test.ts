import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { FromPreview } from '../../../webview/messages.ts';
import { eventually } from '../support/eventually.ts';
import { mixture, tutorial } from '../support/examples.ts';
import { previewsForTests, stateOf, type Preview } from '../support/previewHost.ts';

type Change = Extract<FromPreview, { readonly type: 'setArgument' }>;

describe('changes of the code from the preview', () => {
  const { open } = previewsForTests();
  const openOn = async (active: string, text = mixture): Promise<Preview> => {
    const preview = await open({ text });
    await preview.show(stateOf(text, { active }));
    preview.forget();
    return preview;
  };
  const field = ({ page }: Preview, name: string): Locator =>
    page.getByRole('textbox', { name, exact: true });
  const handle = ({ page }: Preview, argument: string): Locator =>
    page.locator(`.handle[aria-label^="${argument} of"]`);
  /** The last change, once it is done. */
  const done = async (preview: Preview): Promise<Change> => {
    for (let tries = 0; tries < 100; tries++) {
      const change = preview.said('setArgument').at(-1);
      if (change?.done) return change;
      await preview.page.waitForTimeout(20);
    }
    throw new Error('No change is done.');
  };

  describe('by fields', () => {
    it('shows each argument as the code has it, with what it means', async () => {
      const preview = await openOn('warmup');
      assert.equal(await field(preview, 'peak_value').inputValue(), '1e-3');
      const peak = preview.page.locator('[data-argument=peak_value]');
      assert.match(await peak.innerText(), /learning rate[^]*The rate at the end of the warm-up/);
      const exponent = preview.page.locator('[data-argument=exponent]');
      assert.match(await exponent.innerText(), /default/);
    });

    it('has a field and a handle for a number that a name stands for, and says so', async () => {
      const preview = await openOn(
        'warmup',
        mixture.replace('1e-3, warm', 'top, warm').replace('\n\n', '\n\ntop = 2e-3\n'),
      );
      assert.equal(await field(preview, 'peak_value').inputValue(), '2e-3');
      const peak = preview.page.locator('[data-argument=peak_value]');
      assert.match(await peak.innerText(), /top[^]*A change is one of top, wherever it is used\./);
      assert.equal(await handle(preview, 'peak_value').count(), 1);
    });

    it('changes the code while a number is typed, and is done with Enter', async () => {
      const preview = await openOn('warmup');
      await field(preview, 'peak_value').click();
      await field(preview, 'peak_value').fill('2e-3');
      const { schedule, argument, value } = await preview.lastly('setArgument');
      assert.deepEqual([schedule, argument, value], ['warmup', 'peak_value', 2e-3]);
      assert.equal(preview.said('setArgument').at(-1)?.done, false);
      await field(preview, 'peak_value').press('Enter');
      assert.equal((await done(preview)).value, 2e-3);
    });

    it('keeps what is being typed while states come in', async () => {
      const preview = await openOn('warmup');
      await field(preview, 'peak_value').fill('2.0');
      await preview.show(stateOf(mixture.replace('1e-3, warm', '2.0, warm'), { active: 'warmup' }));
      await field(preview, 'peak_value').press('End');
      await preview.page.keyboard.type('5e-3');
      assert.equal(await field(preview, 'peak_value').inputValue(), '2.05e-3');
      await preview.lastly('setArgument');
      await preview.page.waitForTimeout(50);
      assert.equal(preview.said('setArgument').at(-1)?.value, 2.05e-3);
    });

    it('says what is wrong with a value, and does not change the code', async () => {
      const preview = await openOn('warmup');
      await field(preview, 'warmup_steps').fill('1.5');
      const alert = preview.page.getByRole('alert');
      await alert.getByText('Give a whole number.').waitFor();
      await eventually(async () => {
        assert.equal(await field(preview, 'warmup_steps').getAttribute('aria-invalid'), 'true');
      });
      await field(preview, 'warmup_steps').fill('many');
      await alert.getByText('Give a number, such as 1e-3.').waitFor();
      assert.deepEqual(preview.said('setArgument'), []);
      await field(preview, 'peak_value').focus();
      await alert.waitFor({ state: 'detached' });
      // The toolkit gives the input within its field a value one frame later.
      await eventually(async () => {
        assert.equal(await field(preview, 'warmup_steps').inputValue(), '200');
      });
    });

    it('moves the number by a slider, by one change that is done', async () => {
      const preview = await openOn('warmup');
      const slider = preview.page.getByRole('slider', { name: 'peak_value, slider' });
      const { x, y, width, height } = (await slider.boundingBox())!;
      await preview.page.mouse.move(x + width / 2, y + height / 2);
      await preview.page.mouse.down();
      await preview.page.mouse.move(x + 0.75 * width, y + height / 2, { steps: 5 });
      await preview.page.mouse.up();
      const { argument, value } = await done(preview);
      assert.equal(argument, 'peak_value');
      assert.ok(Number(value) > 3e-3, 'half way to a hundred times as much');
      assert.equal(preview.said('setArgument').filter((change) => change.done).length, 1);
      await eventually(async () => {
        assert.equal(Number(await field(preview, 'peak_value').inputValue()), value);
      });
    });

    it('moves a slider by keys', async () => {
      const preview = await openOn('warmup');
      const slider = preview.page.getByRole('slider', { name: 'warmup_steps, slider' });
      await slider.focus();
      await preview.page.keyboard.press('ArrowRight');
      const { value } = await done(preview);
      assert.ok(Number.isInteger(value) && Number(value) > 200);
    });

    it('switches a switch and chooses a shape', async () => {
      const stairs = await openOn('stairs');
      await stairs.page.getByRole('checkbox', { name: 'staircase' }).click();
      assert.deepEqual((await done(stairs)).value, false);
      const pieces = await openOn('pieces');
      const shape = pieces.page.getByRole('combobox', { name: 'interpolate_type' });
      await shape.click();
      await pieces.page.getByRole('option', { name: 'cosine' }).click();
      const { argument, value } = await done(pieces);
      assert.deepEqual([argument, value], ['interpolate_type', 'cosine']);
    });

    it('shows another value of a choice when the code has it', async () => {
      const preview = await openOn('pieces');
      await preview.show(stateOf(mixture.replace("'linear'", "'cosine'"), { active: 'pieces' }));
      const shape = preview.page.getByRole('combobox', { name: 'interpolate_type' });
      assert.equal(await shape.getAttribute('current-value'), 'cosine');
      assert.deepEqual(preview.said('setArgument'), []);
    });

    it('sends expressions to the code', async () => {
      const preview = await openOn('linear_scheduler', tutorial);
      const argument = preview.page.locator('[data-argument=transition_begin]');
      assert.match(await argument.innerText(), /int\(0.25 \* total_steps\)\s+= 587/);
      await argument.getByRole('button', { name: /Edit the expression/ }).click();
      assert.deepEqual(await preview.lastly('reveal'), {
        type: 'reveal',
        schedule: 'linear_scheduler',
        argument: 'transition_begin',
      });
      await preview.page.getByRole('button', { name: 'Go to the code' }).click();
      assert.equal((await preview.lastly('reveal')).argument, null);
    });

    it('sets what is assumed, and takes it back', async () => {
      const preview = await openOn('assumed');
      const steps = preview.page.locator('[data-assumption=total_steps]');
      assert.match(await steps.innerText(), /Nothing gives 'total_steps'/);
      await field(preview, 'Value of total_steps').fill('2 * 500');
      assert.deepEqual(preview.said('bind'), [], 'not while it is typed');
      await field(preview, 'Value of total_steps').press('Enter');
      assert.deepEqual(await preview.lastly('bind'), {
        type: 'bind',
        name: 'total_steps',
        value: '2 * 500',
      });
      const state = stateOf(mixture, { active: 'assumed' });
      const schedules = state.schedules.map((schedule) => ({
        ...schedule,
        assumptions: schedule.assumptions.map((one) => ({ ...one, isBound: true })),
      }));
      await preview.show({ ...state, schedules });
      await preview.page.getByRole('button', { name: 'Reset total_steps' }).click();
      assert.equal((await preview.lastly('bind')).value, null);
    });
  });

  describe('by handles', () => {
    it('has a handle for each argument that is a place of the curve', async () => {
      const preview = await openOn('warmup');
      const handles = await preview.page.locator('.handle').all();
      const names = await Promise.all(handles.map((one) => one.getAttribute('aria-label')));
      assert.deepEqual(
        names,
        ['init_value', 'peak_value', 'warmup_steps', 'decay_steps', 'end_value'].map(
          (name) => `${name} of warmup`,
        ),
      );
    });

    it('drags a rate, in numbers as round as the picture can show', async () => {
      const preview = await openOn('warmup');
      await dragBy(preview, handle(preview, 'peak_value'), 0, 60);
      const { argument, value } = await done(preview);
      assert.equal(argument, 'peak_value');
      assert.ok(Number(value) < 1e-3 && Number(value) > 5e-4);
      assert.ok(String(value).length <= 8, `${String(value)} is round`);
      const all = preview.said('setArgument');
      assert.ok(all.length > 1, 'the code follows while it is dragged');
      assert.equal(all.filter((change) => change.done).length, 1);
    });

    it('drags a boundary along whole steps', async () => {
      const preview = await openOn('warmup');
      await dragBy(preview, handle(preview, 'warmup_steps'), 40, 0);
      const { argument, value } = await done(preview);
      assert.equal(argument, 'warmup_steps');
      assert.ok(Number.isInteger(value) && Number(value) > 200);
    });

    it('stays under the pointer while the code follows', async () => {
      const preview = await openOn('warmup');
      const peak = handle(preview, 'peak_value');
      const start = await middleOf(peak);
      await preview.page.mouse.move(start.x, start.y);
      await preview.page.mouse.down();
      for (const by of [20, 40, 60]) {
        await preview.page.mouse.move(start.x, start.y + by);
        await preview.page.waitForTimeout(100);
        const { value } = await preview.lastly('setArgument');
        const text = mixture.replace('peak_value=1e-3', `peak_value=${String(value)}`);
        await preview.show(stateOf(text, { active: 'warmup' }));
        await eventually(async () => {
          const { y } = await middleOf(peak);
          assert.ok(Math.abs(y - start.y - by) <= 3, `${y - start.y} for ${by}`);
        });
      }
      await preview.page.mouse.up();
    });

    it('never makes a rate negative by dragging it down', async () => {
      const preview = await openOn('warmup');
      await dragBy(preview, handle(preview, 'end_value'), 0, 300);
      assert.equal((await done(preview)).value, 0);
    });

    it('goes back with Escape', async () => {
      const preview = await openOn('warmup');
      const { x, y } = await middleOf(handle(preview, 'peak_value'));
      await preview.page.mouse.move(x, y);
      await preview.page.mouse.down();
      await preview.page.mouse.move(x, y + 80, { steps: 3 });
      await preview.page.keyboard.press('Escape');
      assert.equal((await done(preview)).value, 1e-3);
      await preview.page.mouse.up();
    });

    it('moves with the arrow keys, further with Shift, and tells its value', async () => {
      const preview = await openOn('warmup');
      const peak = handle(preview, 'peak_value');
      assert.equal(await peak.getAttribute('aria-valuenow'), '0.001');
      assert.equal(await peak.getAttribute('aria-valuetext'), '1e-3');
      await peak.focus();
      await preview.page.keyboard.press('ArrowUp');
      const once = Number((await done(preview)).value);
      assert.ok(once > 1e-3);
      preview.forget();
      await preview.page.keyboard.press('Shift+ArrowUp');
      assert.ok(Number((await done(preview)).value) - once > 5 * (once - 1e-3));
      preview.forget();
      await handle(preview, 'warmup_steps').focus();
      await preview.page.keyboard.press('ArrowLeft');
      assert.ok(Number((await done(preview)).value) < 200);
    });

    it('works on a logarithmic axis', async () => {
      const preview = await openOn('warmup');
      await preview.page.getByRole('button', { name: 'Log' }).click();
      await preview.page.locator('.toggle[aria-pressed=true]').waitFor();
      await dragBy(preview, handle(preview, 'end_value'), 0, -60);
      assert.ok(Number((await done(preview)).value) > 2e-5);
    });
  });
});

async function dragBy({ page }: Preview, handle: Locator, right: number, down: number) {
  const { x, y } = await middleOf(handle);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + right / 2, y + down / 2);
  await page.waitForTimeout(50);
  await page.mouse.move(x + right, y + down);
  await page.waitForTimeout(50);
  await page.mouse.up();
}

async function middleOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const { x, y, width, height } = (await locator.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}
