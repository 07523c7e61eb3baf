import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationTarget, extensions, window, workspace } from 'vscode';
import type { AnnealApi } from '../../extension/activate.ts';
import type { ComparisonSession } from '../../extension/compare/comparisonSession.ts';
import type { History } from '../../extension/history/history.ts';

const folder = process.env['ANNEAL_BENCH'] ?? '';

describe('A comparison in the extension host', function () {
  this.timeout(300_000);
  let history: History;

  before(async () => {
    const extension = extensions.getExtension<AnnealApi>('anneal.anneal');
    if (!extension) throw new Error('VS Code does not have the extension.');
    history = (await extension.activate()).history;
  });

  it('of 14 runs and 6 epochs, replayed at 20 times its speed', async function () {
    await useNode(join(folder, 'node'));
    const session = history.comparisons.resume(join(folder, 'live'));
    const panel = history.panels.show(session);
    let drawn = 0;
    panel.onDidDraw(() => drawn++);
    const busy = await busyTime(session, () => completed(session));
    await panel.inspect();
    if (this.test)
      this.test.title += `: ${(drawn / busy.seconds).toFixed(1)} pictures a second, ${busy.text}`;
    history.comparisons.close(session);
  });

  it('of a million steps, opened by the first who needs a Node', async function () {
    await useNode(undefined);
    await open(this.test);
  });

  it('of a million steps, opened from the list of comparisons', async function () {
    await history.runners.ask('comparisons', { folder });
    await open(this.test);
  });

  async function open(test: Mocha.Runnable | undefined): Promise<void> {
    const begin = performance.now();
    const session = history.comparisons.look([join(folder, 'large')]);
    const panel = history.panels.show(session);
    const times: number[] = [];
    const busy = await busyTime(session, async () => {
      await completed(session);
      times.push(performance.now());
      while (!panel.isDrawn) await sleep(5);
      times.push(performance.now());
      while (!session.results) await sleep(5);
      times.push(performance.now());
    });
    const [read, drawn, results] = times.map((time) => ((time - begin) / 1000).toFixed(2));
    const opened = `read in ${read} s, drawn in ${drawn} s, its results known after ${results} s`;
    if (test) test.title += `: ${opened}, ${busy.text}`;
    history.comparisons.close(session);
  }

  it('that trains, shown again after it was hidden for a while', async function () {
    await useNode(join(folder, 'node'));
    const session = history.comparisons.resume(join(folder, 'live'));
    const panel = history.panels.show(session);
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      await sleep(1500);
      await window.showTextDocument(await workspace.openTextDocument({ content: '' }));
      await sleep(1500);
      const drawn = new Promise((resolve) => panel.onDidDraw(resolve));
      const begin = performance.now();
      panel.reveal();
      await drawn;
      times.push(performance.now() - begin);
    }
    if (this.test)
      this.test.title += `: drawn in ${times.map((time) => time.toFixed(0)).join(', ')} ms`;
    history.comparisons.close(session);
  });
});

const useNode = (path: string | undefined) =>
  workspace.getConfiguration('anneal').update('runner.node', path, ConfigurationTarget.Workspace);

async function completed(session: ComparisonSession): Promise<void> {
  while (session.status.status !== 'completed') {
    await sleep(10);
  }
}

/**
 * How long something takes, and how long the host's event loop is busy at a time meanwhile. Until a
 * runner has told something, the host also waits for the system to start it: that is told apart.
 */
async function busyTime(session: ComparisonSession, act: () => Promise<void>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const begin = performance.now();
  let starting = 0;
  const first = session.onDidChange(() => {
    first.dispose();
    starting = delay.max;
    delay.reset();
  });
  delay.enable();
  await act();
  delay.disable();
  const seconds = (performance.now() - begin) / 1000;
  const [start, most, longest] = [starting, delay.percentile(99), delay.max].map((nanoseconds) =>
    (nanoseconds / 1e6).toFixed(0),
  );
  const text = `the host busy for ${most} ms (99 %), ${longest} ms at the longest (${start} ms as the runner started)`;
  return { seconds, text };
}
