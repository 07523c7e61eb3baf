import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { decodeReport, type ReportData } from '../../../../runner/protocol.ts';
import { anneal, type Outcome } from '../../../support/anneal.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { eventsIn } from '../../../support/comparisons.ts';
import { fashionMnistFolder } from '../../../support/fashionMnist.ts';
import { trainSmall } from '../../../support/smallComparison.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const hostile = `</script><script>document.title='owned'</script><img src=x>\u2028"'&`;

describe('The HTML report', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  let browser: Browser;
  let data = '';

  const report = async (name: string, ...args: readonly string[]): Promise<Outcome> =>
    anneal(['report', folder.path(name), '--data', data, ...args]);
  const dataOf = async (name: string): Promise<ReportData> => {
    const html = await readFile(folder.path(name, 'report.html'), 'utf8');
    const [, json = ''] =
      /<script type="application\/json" id="comparison">(.*?)<\/script>/s.exec(html) ?? [];
    return decodeReport(json);
  };

  /** Opens a report, with what it complains of and asks for. */
  const opened = async (name: string, javaScriptEnabled = true) => {
    const page: Page = await browser.newPage({ javaScriptEnabled });
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    const address = pathToFileURL(folder.path(name, 'report.html')).href;
    await page.goto(address);
    return { page, complaints, requests: requests.filter((url) => url !== address) };
  };

  before(async () => {
    browser = await launchBrowser();
    data = await fashionMnistFolder();
    await trainSmall(folder.path('plain'));
    await trainSmall(folder.path('hostile'), { rates: { [hostile]: 1e-5 } });
    for (const name of ['plain', 'hostile']) {
      const { code, stderr } = await report(name);
      assert.equal(stderr, '');
      assert.equal(code, 0);
    }
  });
  after(() => browser.close());

  it('shows the comparison in any browser, and loads nothing', async () => {
    const { page, complaints, requests } = await opened('plain');
    await page.getByRole('cell', { name: 'high' }).or(page.getByText('high')).first().waitFor();
    await page.waitForFunction('document.querySelectorAll("canvas").length >= 3');
    assert.deepEqual(requests, []);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('holds all events, the results, all predictions, and pictures of what runs got wrong', async () => {
    const { title, events, results, predictions, images } = await dataOf('plain');
    assert.equal(title, 'plain');
    const float32 = (figures: readonly number[]): readonly number[] => figures.map(Math.fround);
    const journal = await eventsIn(folder.path('plain'));
    assert.deepEqual(
      events.map((event) =>
        event.type === 'stepsCompleted'
          ? { ...event, losses: float32(event.losses), learningRates: float32(event.learningRates) }
          : event,
      ),
      journal.map((event) =>
        event.type === 'stepsCompleted'
          ? { ...event, learningRates: float32(event.learningRates) }
          : event,
      ),
    );
    assert.deepEqual(results.schedules.map(({ schedule }) => schedule).sort(), ['high', 'low']);
    assert.deepEqual(
      predictions.runs.map(({ run, epoch, predicted }) => [run, epoch, predicted.length]),
      [
        ['low', 2, 200],
        ['high', 2, 200],
      ],
    );
    const wrong = predictions.labels.flatMap((label, i) =>
      predictions.runs.some(({ predicted }) => predicted[i] !== label) ? [i] : [],
    );
    assert.deepEqual(
      [...images.images].sort((a, b) => a - b),
      wrong,
    );
    assert.equal(Buffer.from(images.pixels, 'base64').length, wrong.length * 28 * 28);
  });

  it('shows hostile names as text', async () => {
    const { page, complaints, requests } = await opened('hostile');
    await page.getByText(`<img src=x>`).first().waitFor();
    assert.notEqual(await page.title(), 'owned');
    assert.equal(await page.locator('img[src=x]').count(), 0);
    assert.deepEqual([complaints, requests], [[], []]);
    const { results } = await dataOf('hostile');
    assert.equal(results.schedules[0]?.schedule, hostile);
    await page.close();
  });

  it('is a table and a picture where scripts are off', async () => {
    const { page } = await opened('plain', false);
    const cells = await page.locator('noscript table tbody th').allTextContents();
    assert.deepEqual([...cells].sort(), ['high', 'low']);
    assert.equal(await page.locator('noscript svg svg').count(), 3);
    await page.close();
  });

  it('says that it is without pictures where the data is not there', async () => {
    const path = folder.path('plain');
    const { code, stderr } = await anneal(['report', path, '--data', folder.path('nothing')]);
    assert.equal(code, 0);
    assert.match(stderr, /^The report is without pictures of test images: --data .* not exist/);
    assert.deepEqual((await dataOf('plain')).images.images, []);
    await report('plain');
  });

  it('stays small, whatever was trained', async () => {
    assert.ok((await stat(folder.path('plain', 'report.html'))).size < 3_500_000);
  });

  it('is an error where the build has no page to put into it', async () => {
    const dist = fileURLToPath(new URL('../../../../dist', import.meta.url));
    const programs = (await readdir(dist)).filter((name) => name.endsWith('.js'));
    await mkdir(folder.path('dist'), { recursive: true });
    await writeFile(folder.path('package.json'), '{"type":"module"}');
    for (const name of programs) await copyFile(join(dist, name), folder.path('dist', name));
    const said = await new Promise<string>((resolve) => {
      const args = [folder.path('dist', 'cli.js'), 'report', folder.path('plain')];
      execFile(process.execPath, args, (_error, _stdout, stderr) => {
        resolve(stderr);
      });
    });
    assert.match(
      said,
      /^The page of the report is missing: there is no .*compare\.css; run "npm run build"\.\n$/,
    );
  });
});
