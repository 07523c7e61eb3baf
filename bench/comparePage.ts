/**
 * What the page of a comparison costs, in a headless Chromium: 14 runs of 10 epochs, every step of
 * them, told at 20 times the speed at which they are trained, and a state of a million steps. The
 * fold of the events, which VS Code's extension host does, runs in the page here, beside it.
 *
 *   npm run build && node --import=tsx bench/comparePage.ts
 */
import { join } from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from '../test/support/browser.ts';
import { syntheticEvents } from '../test/support/syntheticComparison.ts';
import { root } from '../test/support/vscode/cache.ts';
import { stateOf } from '../test/webview/support/compareHost.ts';
import { servePages } from '../test/webview/support/pageServer.ts';
import { openWebview, type Webview } from '../test/webview/support/webview.ts';
import type { ToCompare } from '../webview/messages.ts';

/** Of a training of about 31 steps a second by two workers. */
const timesReal = 20;
const trainedPerSecond = 31;

interface Measured {
  readonly frames: readonly number[];
  readonly longTasks: readonly number[];
  readonly drawn: number;
}

async function withPage(measure: (webview: Webview<ToCompare>) => Promise<void>): Promise<void> {
  const options = { width: 1400, height: 1000 };
  const webview = await openWebview<ToCompare>(
    browser,
    server,
    'compare',
    () => undefined,
    options,
  );
  await webview.page.evaluate(await bundledFold());
  await webview.page.evaluate(driver);
  await measure(webview);
  await webview.close();
}

async function replay({ page }: Webview<ToCompare>): Promise<void> {
  page.setDefaultTimeout(300_000);
  const events = syntheticEvents();
  const cdp = await page.context().newCDPSession(page);
  // Of the processor, so that it is the same however busy the machine is.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (name: string): Promise<number> => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return 1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
  };
  const before = await spent('TaskDuration');
  const measured = await page.evaluate<Measured>(
    `replay(${JSON.stringify(events)}, ${timesReal * trainedPerSecond})`,
  );
  const frames = measured.frames.toSorted((a, b) => a - b);
  const at = (part: number): string =>
    `${(frames[Math.floor(part * frames.length)] ?? NaN).toFixed(1)} ms`;
  print(`14 runs of 10 epochs, 32,900 steps, at ${timesReal} times real speed`);
  print(`  frames: ${frames.length}, ${measured.drawn} of them with news`);
  print(
    `  time of a frame: median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}, longest ${at(1 - 1e-9)}`,
  );
  const taken = (await spent('TaskDuration')) - before;
  print(
    `  the page's thread: ${(taken / measured.drawn).toFixed(1)} ms of processor time for each frame with news`,
  );
  const longest = Math.max(0, ...measured.longTasks);
  print(`  tasks over 50 ms: ${measured.longTasks.length}, the longest ${longest.toFixed(0)} ms`);
}

async function openMillion({ page, post }: Webview<ToCompare>): Promise<void> {
  const events = syntheticEvents({ epochs: 10, stepsPerEpoch: 7143, stepsPerMessage: 2000 });
  // Once to warm up, as the first page of the bench is.
  await post(stateOf(syntheticEvents()));
  await page.waitForTimeout(1000);
  const times = await page.evaluate<readonly number[]>(`open(${JSON.stringify(events)}, 5)`);
  const sorted = times.toSorted((a, b) => a - b);
  print('A state of 1,000,020 steps in 14 runs');
  print(
    `  until it is drawn: median ${sorted[2]?.toFixed(0)} ms, longest ${sorted[4]?.toFixed(0)} ms`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function bundledFold(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'webview/compare/comparison.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'fold',
  });
  return `${outputFiles[0]?.text ?? ''}; globalThis.fold = fold;`;
}

/** Runs in the page, as text: tsx gives functions what only its own modules have. */
const driver = `
  let isDrawn = true, drawn = 0, revision = 0, onDrawn = () => {};
  globalThis.sendToExtension = (message) => {
    if (message.type !== 'drawn' || message.revision !== revision) return;
    isDrawn = true;
    drawn++;
    onDrawn();
  };
  const aside = () => ({ revision: ++revision, title: 'tutorial', folder: '/a', results: null });
  const tell = (message) => {
    isDrawn = false;
    postMessage(message);
  };
  const stepsOf = (event) => (event.type === 'stepsCompleted' ? event.losses.length : 0);

  globalThis.replay = (events, stepsPerSecond) => new Promise((resolve) => {
    const frames = [], longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((one) => one.duration)))
      .observe({ entryTypes: ['longtask'] });
    const comparison = fold.newComparison(() => performance.now());
    comparison.tell(events[0]);
    tell(comparison.state(aside()));
    let next = 1, steps = 0, last;
    const begin = performance.now();
    const frame = (now) => {
      if (last !== undefined) frames.push(now - last);
      last = now;
      if (next < events.length) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const host = setInterval(() => {
      const due = ((performance.now() - begin) / 1000) * stepsPerSecond;
      for (; next < events.length && steps <= due; next++) {
        comparison.tell(events[next]);
        steps += stepsOf(events[next]);
      }
      if (isDrawn) tell(comparison.changes({ revision: ++revision }));
      if (next < events.length) return;
      clearInterval(host);
      resolve({ frames, longTasks, drawn });
    }, 20);
  });

  globalThis.open = async (events, times) => {
    const taken = [];
    for (let i = 0; i < times; i++) {
      const comparison = fold.newComparison();
      for (const event of events) comparison.tell(event);
      const state = comparison.state(aside());
      await new Promise((resolve) => setTimeout(resolve, 300));
      const begin = performance.now();
      await new Promise((resolve) => {
        onDrawn = resolve;
        tell(state);
      });
      taken.push(performance.now() - begin);
    }
    return taken;
  };
`;

const browser = await launchBrowser();
const server = await servePages();
try {
  await withPage(replay);
  await withPage(openMillion);
} finally {
  await browser.close();
  await server.stop();
}
