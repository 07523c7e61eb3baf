import assert from 'node:assert/strict';
import { syntheticEvents } from '../../support/syntheticComparison.ts';
import {
  changesOf,
  classes,
  comparePagesForTests,
  pixelsOf,
  predictedBy,
  stateOf,
  testLabels,
  told,
  type ComparePage,
} from '../support/compareHost.ts';
import { eventually } from '../support/eventually.ts';

const events = syntheticEvents({ runs: 3, epochs: 2, stepsPerEpoch: 5 });
const [start] = events;
const [first, second] = (
  start!.type === 'comparisonStarted' ? start.runs.map(({ run }) => run) : []
) as [string, string];
const images = [...testLabels.keys()];
const wrong = images.filter((image) => predictedBy(first)[image] !== testLabels[image]);
const differing = images.filter(
  (image) => predictedBy(first)[image] !== predictedBy(second)[image],
);

describe('the test images of a comparison', () => {
  const { open } = comparePagesForTests();
  const choose = async ({ page }: ComparePage, run: string) => {
    await page.locator(`[data-run="${run}"] .name`).click();
  };

  it('are counted by right and given class, in a table of a run', async () => {
    const page = await open({ state: stateOf(events) });
    await choose(page, first);
    assert.deepEqual((await page.lastly('predictions')).runs, [first]);
    const predicted = predictedBy(first);
    const expected = classes.map((_, right) =>
      classes.map((_, given) =>
        String(images.filter((i) => testLabels[i] === right && predicted[i] === given).length),
      ),
    );
    await eventually(async () => {
      const rows = await page.page.locator('.confusion tbody tr').all();
      const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
      assert.deepEqual(
        cells.map((row) => row.map((text) => text.trim())),
        expected,
      );
    });
    const heads = await page.page.locator('.confusion thead th').allInnerTexts();
    assert.deepEqual(heads, classes);
  });

  it('are those that a run gets wrong, with right and given class, drawn from their bytes', async () => {
    const page = await open({ state: stateOf(events) });
    await choose(page, first);
    await eventually(async () => {
      assert.equal(await page.page.locator('figure').count(), 24);
    });
    const [image] = wrong;
    const caption = await page.page.locator('figcaption').first().innerText();
    assert.ok(caption.includes(classes[testLabels[image!]!]!), caption);
    assert.ok(caption.includes(classes[predictedBy(first)[image!]!]!), caption);
    const alphas = await page.page.evaluate<number[]>(`{
      const canvas = document.querySelector('figure canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
      Array.from({ length: 28 * 28 }, (_, i) => data[4 * i + 3]);
    }`);
    assert.deepEqual(alphas, [...pixelsOf(image!)]);
    assert.match(
      await page.page.locator('.pages h3').innerText(),
      new RegExp(`gets wrong ${wrong.length} images of 1,000`),
    );
  });

  it('are turned over page by page', async () => {
    const page = await open({ state: stateOf(events) });
    await choose(page, first);
    const next = page.page.locator('vscode-button', { hasText: 'Next' });
    await next.click();
    await eventually(async () => {
      assert.deepEqual((await page.lastly('images')).images, wrong.slice(24, 48));
      assert.match(await page.page.locator('.pages').innerText(), /2 of \d/);
    });
    await page.page.locator('vscode-button', { hasText: 'Previous' }).click();
    await eventually(async () => {
      assert.deepEqual((await page.lastly('images')).images, wrong.slice(0, 24));
    });
  });

  it('are those on which two runs differ, side by side', async () => {
    const page = await open({ state: stateOf(events) });
    await choose(page, first);
    await choose(page, second);
    await eventually(async () => {
      assert.equal(await page.page.locator('.confusion').count(), 2);
      assert.match(
        await page.page.locator('.pages h3').innerText(),
        new RegExp(`${first} and ${second} differ on ${differing.length} images`),
      );
      assert.deepEqual((await page.lastly('images')).images, differing.slice(0, 24));
    });
    await choose(page, first);
    await eventually(async () => {
      assert.equal(await page.page.locator('.confusion').count(), 1);
    });
  });

  it('are asked for again after another epoch', async () => {
    const comparison = told(events.slice(0, 12));
    const page = await open({
      state: comparison.state({ revision: 9000, title: 't', folder: '/f', results: null }),
    });
    await choose(page, first);
    await page.lastly('predictions');
    page.forget();
    await page.show(changesOf(comparison, events.slice(12)));
    assert.deepEqual((await page.lastly('predictions')).runs, [first]);
  });

  it('say why they cannot be shown', async () => {
    const page = await open({ state: stateOf(events) });
    await choose(page, first);
    const { request } = await page.lastly('images');
    const message = 'The test images are not on this computer: train with --data.';
    await page.post({ type: 'refused', request, message });
    await eventually(async () => {
      assert.equal(await page.page.getByRole('alert').innerText(), message);
    });
  });
});
