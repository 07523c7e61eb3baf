import assert from 'node:assert/strict';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import { syntheticEvents } from '../../support/syntheticComparison.ts';
import { hasColor } from '../support/canvas.ts';
import { changesOf, comparePagesForTests, told, type ComparePage } from '../support/compareHost.ts';
import { eventually } from '../support/eventually.ts';

const events = syntheticEvents({ runs: 3, epochs: 3, stepsPerEpoch: 40 });
const part = events.slice(0, 30);
const status = { status: 'reading' } as const;

describe('a comparison that is read', () => {
  const { open } = comparePagesForTests();
  const opened = async () => {
    const comparison = told(part);
    const aside = { revision: 1000, title: 't', folder: '/f', results: null, status };
    const page = await open({ state: comparison.state(aside) });
    await page.useTheme('light');
    await eventually(async () => {
      assert.match(await page.page.locator('main').innerText(), /Reading/);
    });
    return { comparison, page };
  };
  const isLossDrawn = (page: ComparePage) => hasColor(page, 1, palettes.light.series[0]!);

  it('says so, and has charts when all of it is read', async () => {
    const { comparison, page } = await opened();
    const words = await page.page.locator('.condition').allInnerTexts();
    assert.deepEqual(words, ['reading', 'reading', 'waiting']);
    assert.ok(!(await isLossDrawn(page)));
    await page.show(changesOf(comparison, events.slice(part.length)));
    await eventually(async () => {
      assert.ok(await isLossDrawn(page));
    });
    const { charts } = await page.drawn();
    const steps = charts.find(({ chart }) => chart === 'loss')!.series.map(({ xs }) => xs.length);
    assert.deepEqual(steps, [120, 120, 120]);
  });

  it('has charts of what is read by then where that takes long', async () => {
    const { comparison, page } = await opened();
    let at = part.length;
    const begin = performance.now();
    while (!(await isLossDrawn(page))) {
      assert.ok(performance.now() - begin < 20_000, 'Charts of a part are drawn.');
      const changes = changesOf(comparison, events.slice(at, ++at));
      await page.show({ ...changes, status: { ...changes.status, ...status } });
    }
  });
});
