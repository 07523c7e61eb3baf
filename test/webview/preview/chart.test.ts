import assert from 'node:assert/strict';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import type { DrawnSeries } from '../../../webview/messages.ts';
import { allThemes } from '../../support/vscode/theme.ts';
import { columnExtremes, columnsThatDiffer, exactLine } from '../support/columns.ts';
import { eventually } from '../support/eventually.ts';
import { long, mixture, tutorial } from '../support/examples.ts';
import { previewsForTests, sourceOf, stateOf, type Preview } from '../support/previewHost.ts';

/** Of the page. */
declare function dispatchEvent(event: Event): void;

describe('the chart of the preview', () => {
  const { open } = previewsForTests();
  const series = async (preview: Preview, name: string): Promise<DrawnSeries> =>
    (await preview.chart()).series.find((one) => one.name === name)!;

  it('holds every step of a short schedule, exactly', async () => {
    const text = `import optax\nschedule = optax.cosine_decay_schedule(1e-3, 300)\n`;
    const preview = await open({ text });
    const { schedule } = sourceOf('train.py', text).read.definitions[0]!.schedule!;
    const { steps, rates } = await series(preview, 'schedule');
    assert.deepEqual([...steps], [...Array(301).keys()]);
    assert.deepEqual([...rates], [...steps].map(schedule));
  });

  for (const { zooms, steps } of [
    { zooms: 0, steps: 1e6 },
    { zooms: 16, steps: 1e4 },
    { zooms: 30, steps: 200 },
  ]) {
    it(`shows in every pixel column of ${steps} steps what the schedules have there`, async () => {
      const preview = await open({ text: long });
      const reader = preview.page.locator('.reader');
      const { width, height } = (await reader.boundingBox())!;
      await reader.focus();
      // Around a restart, a stair and a boundary at once.
      await preview.page.mouse.move(0, 0);
      const x = await placeOf(preview, 100_000);
      for (let zoom = 0; zoom < zooms; zoom++) {
        await preview.page.mouse.move(x.left + x.at, x.top + 50);
        await preview.page.mouse.wheel(0, -150);
      }
      await eventually(async () => {
        const { from, to, series } = await preview.chart();
        const columns = Math.round(width);
        const pixel = 1e-3 / height;
        const { definitions } = sourceOf('train.py', long).read;
        assert.equal(series.length, 4);
        assert.ok(to - from <= steps);
        for (const { name, schedule } of definitions) {
          const exact = columnExtremes(
            exactLine(schedule!.schedule, [from, to]),
            [from, to],
            columns,
          );
          const line = series.find((one) => one.name === name)!;
          const drawn = columnExtremes(line, [from, to], columns);
          assert.equal(columnsThatDiffer(exact, drawn, 2, pixel), 0, `${name} lacks something`);
          assert.equal(columnsThatDiffer(drawn, exact, 2, pixel), 0, `${name} has too much`);
        }
      });
    });
  }

  it('draws each schedule in the colour of its index, under every theme at once', async () => {
    const preview = await open({ text: mixture });
    const palettesOf = {
      light: palettes.light,
      dark: palettes.dark,
      highContrast: palettes.highContrastDark,
      highContrastLight: palettes.highContrastLight,
    };
    const { schedules } = stateOf(mixture);
    for (const theme of allThemes) {
      await preview.useTheme(theme);
      for (const { name, color } of (await preview.chart()).series) {
        const { color: index } = schedules.find((one) => one.name === name)!;
        assert.equal(color.slice(0, 7), palettesOf[theme].series[index]);
      }
    }
  });

  it('emphasises the active schedule and dashes those that rest on an assumption', async () => {
    const preview = await open();
    await preview.show(stateOf(mixture, { active: 'stairs' }));
    const { series } = await preview.chart();
    assert.deepEqual(
      series.filter(({ isActive }) => isActive).map(({ name }) => name),
      ['stairs'],
    );
    assert.deepEqual(
      series.filter(({ isDashed }) => isDashed).map(({ name }) => name),
      ['assumed'],
    );
  });

  it('follows the cursor of the editor without a new state', async () => {
    const preview = await open({ text: mixture });
    await preview.post({ type: 'active', active: 'pieces' });
    assert.equal((await series(preview, 'pieces')).isActive, true);
    assert.equal((await series(preview, 'warmup')).isActive, false);
  });

  it('draws only the last of states that come together', async () => {
    const preview = await open({ text: mixture });
    const states = Array.from({ length: 20 }, () => stateOf(tutorial));
    await preview.page.evaluate((all) => {
      for (const state of all) dispatchEvent(new MessageEvent('message', { data: state }));
    }, states);
    await preview.show(stateOf(tutorial));
    const drawn = preview.said('drawn').map(({ revision }) => revision);
    assert.ok(drawn.includes(states.at(-1)!.revision));
    assert.ok(!states.slice(0, -1).some(({ revision }) => drawn.includes(revision)));
  });

  it('keeps the schedules that a state only names', async () => {
    const preview = await open({ text: mixture });
    const whole = await preview.chart();
    const { schedules, ...state } = stateOf(mixture.replace('0.5, staircase', '0.25, staircase'));
    await preview.show({
      ...state,
      schedules: schedules.map((one) =>
        one.name === 'stairs' ? one : { name: one.name, isUnchanged: true },
      ),
    });
    const { series } = await preview.chart();
    assert.deepEqual(
      series.map(({ name }) => name),
      whole.series.map(({ name }) => name),
    );
    for (const [i, { name, rates }] of series.entries()) {
      const before = whole.series[i]!.rates;
      if (name === 'stairs') assert.notDeepEqual(rates, before);
      else assert.deepEqual(rates, before);
    }
  });

  it('asks for all schedules where it has not got one that a state only names', async () => {
    const preview = await open();
    await preview.lastly('ready');
    preview.forget();
    const state = stateOf(mixture);
    await preview.post({ ...state, schedules: [{ name: 'warmup', isUnchanged: true }] });
    await preview.lastly('ready');
    await preview.show(stateOf(mixture));
    assert.equal((await preview.chart()).series.length, 4);
  });

  it('ignores what is no message of the extension', async () => {
    const preview = await open({ text: mixture });
    const before = await preview.chart();
    const state = stateOf(tutorial);
    for (const wrong of [
      { ...state, schedules: [{ name: 'x' }] },
      { ...state, revision: -1 },
      { type: 'samples', request: 1, curves: { warmup: { steps: [1], rates: [1] } } },
      { type: 'eval', code: 'alert(1)' },
      'state',
      null,
    ]) {
      await preview.post(wrong as never);
    }
    assert.deepEqual(await preview.chart(), before);
  });

  it('shows names and reasons as text, whatever they hold', async () => {
    const preview = await open();
    const state = stateOf(mixture);
    const evil = '<img src=x onerror=alert(1)>';
    const schedules = state.schedules.map((one) => ({ ...one, name: evil + one.name }));
    await preview.show({
      ...state,
      file: evil,
      stale: evil,
      schedules,
      active: schedules[0]!.name,
    });
    assert.equal(await preview.page.locator('img').count(), 0);
    assert.equal(await preview.page.locator('h1').innerText(), evil);
  });
});

async function placeOf(preview: Preview, step: number) {
  const { from, to } = await preview.chart();
  const canvas = (await preview.page.locator('.reader').boundingBox())!;
  const [left, right] = await chartSides(preview);
  return {
    left: canvas.x,
    top: canvas.y,
    at: left + ((step - from) / (to - from)) * (right - left),
  };
}

/** The sides of the chart's area: where the crosshair is at the first and the last step. */
async function chartSides({ page }: Preview): Promise<readonly [number, number]> {
  await page.locator('.reader').focus();
  const at = async (key: string): Promise<number> => {
    await page.keyboard.press(key);
    const [crosshair, plot] = await Promise.all([
      page.locator('.crosshair').boundingBox(),
      page.locator('.plot').boundingBox(),
    ]);
    return crosshair!.x - plot!.x;
  };
  return [await at('Home'), await at('End')];
}
