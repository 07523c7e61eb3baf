import assert from 'node:assert/strict';
import type { ComparisonEvent } from '../../../runner/protocol.ts';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import type { DrawnComparison } from '../../../webview/messages.ts';
import { syntheticEvents, syntheticResults } from '../../support/syntheticComparison.ts';
import { allThemes } from '../../support/vscode/theme.ts';
import { hasColor } from '../support/canvas.ts';
import {
  changesOf,
  comparePagesForTests,
  stateOf,
  told,
  type ComparePage,
} from '../support/compareHost.ts';
import { eventually } from '../support/eventually.ts';

const small = syntheticEvents({ runs: 3, epochs: 3, stepsPerEpoch: 40 });
const results = syntheticResults(small);

type Chart = DrawnComparison['charts'][number]['chart'];

describe('the charts of a comparison', () => {
  const { open } = comparePagesForTests();
  const seriesOf = async (page: ComparePage, chart: Chart) =>
    (await page.drawn()).charts.find((one) => one.chart === chart)!.series;
  const button = ({ page }: ComparePage, name: string) =>
    page.getByRole('button', { name, exact: true });

  it('hold every step and epoch that the events told', async () => {
    const page = await open({ state: stateOf(small) });
    const { charts } = await page.drawn();
    assert.equal(charts.length, 4);
    const run = 'cosine_decay_scheduler';
    for (const { chart, series } of charts) {
      const { xs, ys } = series.find((one) => one.run === run)!;
      const expected = figuresOf(small, run)[chart];
      assert.deepEqual([...xs], expected.xs, chart);
      assert.deepEqual(
        [...ys],
        expected.ys.map(chart === 'loss' || chart === 'learningRate' ? Math.fround : Number),
        chart,
      );
    }
  });

  it('grow with changes, and take back what became void', async () => {
    const [start, ...rest] = small;
    const comparison = told([start!, ...rest.slice(0, 20)]);
    const aside = { revision: 1000, title: 't', folder: '/f', results: null };
    const page = await open({ state: comparison.state(aside) });
    await page.show(changesOf(comparison, rest.slice(20, 60)));
    const before = (await seriesOf(page, 'loss'))[0]!;
    assert.deepEqual([...before.ys], [...comparison.state(aside).runs[0]!.steps.losses]);
    const run = before.run;
    const from: ComparisonEvent = { type: 'runStarted', run, fromEpoch: 1, fromStep: 5 };
    const again: ComparisonEvent = {
      type: 'stepsCompleted',
      ...{ run, firstStep: 5, losses: [7, NaN, 9], learningRates: [1, 2, 3], stepsPerSecond: 10 },
    };
    await page.show(changesOf(comparison, [from, again]));
    const after = (await seriesOf(page, 'loss'))[0]!;
    assert.deepEqual([...after.ys], [...before.ys.slice(0, 5), 7, NaN, 9]);
  });

  it('draw each run in the colour of its schedule, under every theme at once', async () => {
    const page = await open({ state: stateOf(small) });
    const palettesOf = {
      light: palettes.light,
      dark: palettes.dark,
      highContrast: palettes.highContrastDark,
      highContrastLight: palettes.highContrastLight,
    };
    for (const theme of allThemes) {
      await page.useTheme(theme);
      const series = await seriesOf(page, 'accuracy');
      assert.deepEqual(
        series.map(({ color }) => color),
        palettesOf[theme].series.slice(0, 3),
      );
      // What is on the canvas is the palette's too.
      await eventually(async () => {
        assert.ok(await hasColor(page, 0, series[2]!.color), `${theme} is drawn`);
      });
    }
  });

  it('go along steps, epochs or time', async () => {
    const page = await open({ state: stateOf(small) });
    const run = figuresOf(small, 'constant_optimizer');
    const xsOf = async (chart: Chart) => [...(await seriesOf(page, chart))[0]!.xs];
    assert.deepEqual(await xsOf('accuracy'), [39, 79, 119]);
    await button(page, 'Epochs').click();
    assert.deepEqual(await xsOf('accuracy'), [40, 80, 120]);
    assert.equal((await xsOf('loss'))[0], 1);
    await button(page, 'Time').click();
    const seconds = await xsOf('loss');
    assert.equal(seconds.length, run.loss.xs.length);
    assert.ok(seconds.every((second, i) => i === 0 || second > seconds[i - 1]!));
    assert.deepEqual(
      await xsOf('accuracy'),
      [39, 79, 119].map((step) => seconds[step]!),
    );
  });

  it('say that an axis of accuracies is cut, and can have all of it', async () => {
    const page = await open({ state: stateOf(small) });
    const card = page.page.locator('[data-chart=accuracy]');
    await eventually(async () => {
      assert.match(await card.innerText(), /axis from 0\.\d+/);
    });
    await button(page, '0 to 1').click();
    await eventually(async () => {
      assert.doesNotMatch(await card.innerText(), /axis from/);
    });
  });

  it('zoom and pan together with wheel, drag and keys, and show all again', async () => {
    const page = await open({ state: stateOf(small) });
    const reader = page.page.locator('[data-chart=loss] .reader');
    const all = page.page.locator('vscode-button', { hasText: 'Show All' });
    const range = async (chart: Chart) => {
      const slider = page.page.locator(`[data-chart=${chart}] .reader`);
      return [
        Number(await slider.getAttribute('aria-valuemin')),
        Number(await slider.getAttribute('aria-valuemax')),
      ];
    };
    assert.deepEqual(await range('loss'), [0, 120]);
    await reader.hover();
    await page.page.mouse.wheel(0, -400);
    await eventually(async () => {
      const [from, to] = await range('learningRate');
      assert.ok(from! > 0 && to! < 120 && to! - from! < 70);
    });
    const zoomed = await range('accuracy');
    await reader.focus();
    await page.page.keyboard.press('PageDown');
    await eventually(async () => {
      assert.ok((await range('accuracy'))[0]! > zoomed[0]!);
    });
    await all.click();
    await eventually(async () => {
      assert.deepEqual(await range('loss'), [0, 120]);
    });
    await reader.focus();
    for (let i = 0; i < 40; i++) await page.page.keyboard.press('+');
    await eventually(async () => {
      const [from, to] = await range('loss');
      assert.ok(to! - from! <= 8);
    });
  });

  it('are read at one place, with the figures of every run in the list', async () => {
    const page = await open({ state: stateOf(small) });
    await page.page.locator('[data-chart=loss] .reader').focus();
    await page.page.keyboard.press('Home');
    for (let i = 0; i < 50; i++) await page.page.keyboard.press('ArrowRight');
    const figures = figuresOf(small, 'constant_optimizer');
    await eventually(async () => {
      assert.equal(await page.page.locator('.crosshair').count(), 4);
      assert.match(await page.page.locator('.runs h2').innerText(), /at step 50, epoch 2/);
      const row = await page.page.locator('.run').first().innerText();
      assert.ok(row.includes(figures.loss.ys[50]!.toFixed(3)), row);
      assert.ok(row.includes(figures.accuracy.ys[0]!.toFixed(4)), row);
      const said = await page.page
        .locator('[data-chart=loss] .reader')
        .getAttribute('aria-valuetext');
      assert.ok(said!.includes(`constant_optimizer ${figures.loss.ys[50]!.toFixed(3)}`), said!);
    });
    await page.page.keyboard.press('Escape');
    await eventually(async () => {
      assert.equal(await page.page.locator('.crosshair').count(), 0);
    });
  });

  it('name the run that the pointer is at, and mark it in the list', async () => {
    const page = await open({ state: stateOf(small) });
    await page.page
      .locator('[data-chart=learningRate] .reader')
      .hover({ position: { x: 200, y: 100 } });
    const plot = page.page.locator('[data-chart=learningRate]');
    const dot = (await plot.locator('.dot').first().boundingBox())!;
    await page.page.mouse.move(dot.x + 3, dot.y + 3);
    await eventually(async () => {
      const name = await page.page.locator('.run.pointed').getAttribute('data-run');
      assert.ok((await plot.locator('.crosshair-step').innerText()).includes(name!));
    });
  });

  it('have logarithmic axes, each its own', async () => {
    const page = await open({ state: stateOf(small) });
    const card = page.page.locator('[data-chart=learningRate]');
    const before = await card.locator('canvas').screenshot();
    await card.getByRole('button', { name: 'Log' }).click();
    await eventually(async () => {
      assert.notDeepEqual(await card.locator('canvas').screenshot(), before);
      assert.equal(await card.getByRole('button', { name: 'Log', pressed: true }).count(), 1);
    });
    assert.equal(await page.page.getByRole('button', { name: 'Log', pressed: true }).count(), 1);
  });

  it('are not smoothed unless asked for, and then over the raw losses', async () => {
    const page = await open({ state: stateOf(small) });
    const slider = page.page.getByRole('slider', { name: 'Smoothing' });
    assert.equal(await slider.getAttribute('aria-valuetext'), 'off');
    const raw = (await seriesOf(page, 'loss')).map(({ ys }) => [...ys]);
    const canvas = page.page.locator('[data-chart=loss] canvas');
    const before = await canvas.screenshot();
    await slider.fill('40');
    await eventually(async () => {
      assert.match((await slider.getAttribute('aria-valuetext'))!, /over \d+ steps/);
      assert.notDeepEqual(await canvas.screenshot(), before);
    });
    assert.deepEqual(
      (await seriesOf(page, 'loss')).map(({ ys }) => [...ys]),
      raw,
    );
  });

  it('lay the printed figures of the tutorial under their runs, where there are some', async () => {
    const page = await open({ state: stateOf(small, { results }) });
    const canvas = page.page.locator('[data-chart=epochLoss] canvas');
    const before = await canvas.screenshot();
    await button(page, 'Tutorial').click();
    await eventually(async () => {
      assert.notDeepEqual(await canvas.screenshot(), before);
      assert.equal(await page.page.getByText('what the tutorial printed').count(), 1);
    });
    await page.show(stateOf(small, { results: { ...results, printed: [] } }));
    assert.equal(await button(page, 'Tutorial').count(), 0);
  });

  it('are tables for those who would rather read them', async () => {
    const page = await open({ state: stateOf(small) });
    await button(page, 'Table').click();
    const table = page.page.getByRole('region', { name: 'Accuracy after each epoch' });
    const { ys } = figuresOf(small, 'constant_optimizer').accuracy;
    await eventually(async () => {
      const rows = await table.locator('tbody tr').allInnerTexts();
      assert.equal(rows.length, 3);
      assert.ok(rows[2]!.includes(ys[2]!.toFixed(4)));
    });
  });

  it('show and hide a run by its swatch, and one alone by a double click', async () => {
    const page = await open({ state: stateOf(small) });
    const swatches = page.page.locator('.swatch');
    const hidden = async () => (await seriesOf(page, 'loss')).map(({ isHidden }) => isHidden);
    await swatches.nth(1).click();
    assert.deepEqual(await hidden(), [false, true, false]);
    await swatches.nth(1).click();
    await page.page.waitForTimeout(600);
    await swatches.nth(2).dblclick();
    assert.deepEqual(await hidden(), [true, true, false]);
    await page.page.waitForTimeout(600);
    await swatches.nth(2).click({ modifiers: ['Alt'] });
    assert.deepEqual(await hidden(), [false, false, false]);
  });

  it('are exported as one picture', async () => {
    const page = await open({ state: stateOf(small) });
    await page.page.getByRole('button', { name: 'Export' }).click();
    await page.page.getByRole('menuitem', { name: 'PNG' }).click();
    const { png } = await page.lastly('savePicture');
    assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from('PNG')]);
    const { width, height } = {
      width: Buffer.from(png).readUInt32BE(16),
      height: Buffer.from(png).readUInt32BE(20),
    };
    assert.ok(width > 600 && height > 400, `${width} x ${height}`);
  });

  it('draw only the newest of changes that come together', async () => {
    const [start, ...rest] = small;
    const comparison = told([start!]);
    const page = await open({
      state: comparison.state({ revision: 5000, title: 't', folder: '/f', results: null }),
    });
    const all = rest.map((event) => changesOf(comparison, [event]));
    await page.page.evaluate((messages) => {
      for (const data of messages) dispatchEvent(new MessageEvent('message', { data }));
    }, all);
    await page.show(changesOf(comparison, []));
    assert.ok(page.said('drawn').length < all.length / 4);
    const last = (await seriesOf(page, 'loss'))[0]!;
    assert.equal(last.ys.length, 120);
  });
});

/** Of the page. */
declare function dispatchEvent(event: Event): void;

/** What the events say that each chart should have of a run. */
function figuresOf(events: readonly ComparisonEvent[], run: string) {
  const steps = events.flatMap((one) =>
    one.type === 'stepsCompleted' && one.run === run ? [one] : [],
  );
  const epochs = events.flatMap((one) =>
    one.type === 'epochCompleted' && one.run === run ? [one] : [],
  );
  const losses = steps.flatMap((one) => one.losses);
  const ends = epochs.map(({ epoch }) => 40 * epoch - 1);
  return {
    loss: { xs: losses.map((_, i) => i), ys: losses },
    learningRate: { xs: losses.map((_, i) => i), ys: steps.flatMap((one) => one.learningRates) },
    accuracy: { xs: ends, ys: epochs.map(({ accuracy }) => accuracy) },
    epochLoss: { xs: ends, ys: epochs.map(({ loss }) => loss) },
  } as const;
}
