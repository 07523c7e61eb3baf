import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { encodeReport, type ReportData } from '../../../runner/protocol.ts';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import { launchBrowser } from '../../support/browser.ts';
import { syntheticEvents, syntheticResults } from '../../support/syntheticComparison.ts';
import { takePicture } from '../../support/vscode/picture.ts';
import { root } from '../../support/vscode/cache.ts';
import { classes, pixelsOf, predictedBy, testLabels } from '../support/compareHost.ts';
import { eventually } from '../support/eventually.ts';

const events = syntheticEvents({ runs: 4, stepsPerEpoch: 30, epochs: 4 });
const [start] = events;
const runs = start!.type === 'comparisonStarted' ? start.runs.map(({ run }) => run) : [];
const wrong = [...testLabels.keys()].filter((i) => predictedBy(runs[0]!)[i] !== testLabels[i]);
/** Of what the run gets wrong, a report has pictures of a part. */
const pictured = wrong.slice(5, 20);

const data: ReportData = {
  title: 'Night run',
  events,
  results: syntheticResults(events),
  predictions: {
    type: 'predictionsAnswer',
    question: 0,
    classes,
    labels: [...testLabels],
    runs: runs.map((run) => ({ run, epoch: 4, predicted: [...predictedBy(run)] })),
  },
  images: {
    type: 'imagesAnswer',
    question: 0,
    images: pictured,
    width: 28,
    height: 28,
    pixels: Buffer.concat(pictured.map((image) => pixelsOf(image))).toString('base64'),
  },
};

describe('the page of a report', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    await page.context().close();
    assert.deepEqual(complaints, [], 'the page complained');
  });

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      ...options,
    });
    page = await context.newPage();
    complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error.stack)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.route('http://report/', (route) =>
      route.fulfill({ contentType: 'text/html', body: reportHtml() }),
    );
    await page.goto('http://report/');
    await page.locator('.run').first().waitFor();
  }

  it('shows the whole comparison without VS Code', async () => {
    await open();
    assert.equal(await page.locator('h1').innerText(), 'Night run');
    assert.equal(await page.locator('.run').count(), 4);
    assert.equal(await page.locator('.results tbody tr').count(), 4);
    await eventually(async () => {
      const label = await page.locator('[data-chart=loss] canvas').getAttribute('aria-label');
      assert.ok(label!.includes(runs[3]!));
    });
  });

  it('offers only what works without VS Code', async () => {
    await open();
    assert.equal(await page.locator('.run-actions button').count(), 0);
    assert.equal(await page.locator('vscode-button', { hasText: 'Use in Code' }).count(), 0);
    await page.getByRole('button', { name: 'Export' }).click();
    const items = await page.getByRole('menuitem').allInnerTexts();
    assert.deepEqual(
      items.map((text) => text.trim()),
      ['PNG Picture of the Charts'],
    );
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem').click();
    assert.equal((await download).suggestedFilename(), 'Night run.png');
  });

  it('answers what it is asked of the test images, with the pictures that it has', async () => {
    await open();
    await page.locator('.run .name').first().click();
    await eventually(async () => {
      assert.equal(await page.locator('figure').count(), pictured.length);
      assert.match(
        await page.locator('.pages h3').innerText(),
        new RegExp(
          `gets wrong ${wrong.length} images.*${pictured.length} of them are pictured here`,
        ),
      );
    });
    const alphas = await page.evaluate<number[]>(`{
      const canvas = document.querySelector('figure canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
      Array.from({ length: 28 * 28 }, (_, i) => data[4 * i + 3]);
    }`);
    assert.deepEqual(alphas, [...pixelsOf(pictured[0]!)]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has colours of its own, ${colorScheme}`, async () => {
      await open({ colorScheme });
      await page.locator('.run .name').first().click();
      await page.locator('figure').first().waitFor();
      await takePicture(page, `compare-report-${colorScheme}`);
      const { background, series } = palettes[colorScheme];
      const rgb = (color: string): string =>
        `rgb(${[1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16)).join(', ')})`;
      const drawn = await page.evaluate<readonly string[]>(`[
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('.swatch svg')).stroke,
      ]`);
      assert.deepEqual(drawn, [background, series[0]!].map(rgb));
    });
  }

  it('is printed whole, without its controls', async () => {
    await open();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.toolbar').isVisible(), false);
    assert.equal(await page.locator('.header .actions').isVisible(), false);
    const { clientHeight, scrollHeight } = await page
      .locator('.runs')
      .evaluate((one) => one as unknown as { clientHeight: number; scrollHeight: number });
    assert.equal(clientHeight, scrollHeight);
  });
});

/** As the runner writes it. */
function reportHtml(): string {
  const [script, style] = ['compare.js', 'compare.css'].map((file) =>
    readFileSync(join(root, 'dist', file), 'utf8').replace(/<\/(?=script)/gi, String.raw`<\/`),
  ) as [string, string];
  const hashOf = (text: string): string =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  // The toolkit tries out an empty style of its own.
  const styles = `${hashOf(style)} ${hashOf('')}`;
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${styles}; img-src data: blob:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<title>Report</title>
<style>${style}</style>
</head>
<body>
<script type="application/json" id="comparison">${encodeReport(data).replaceAll('<', '\\u003c')}</script>
<script>${script}</script>
</body>
</html>`;
}
