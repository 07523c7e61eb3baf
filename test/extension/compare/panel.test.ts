import assert from 'node:assert/strict';
import { commands, ViewColumn, window } from 'vscode';
import type { ComparisonPanel } from '../../../extension/compare/comparisonPanel.ts';
import type { ComparisonSession } from '../../../extension/compare/comparisonSession.ts';
import { withOneBuffer } from '../../../extension/compare/oneBuffer.ts';
import { anneal, until } from '../documents.ts';
import { long, scheduleFile, small, start, untilEpochs, untilStatus } from './comparing.ts';

async function panelOf(session: ComparisonSession): Promise<ComparisonPanel> {
  const { panels } = (await anneal()).history;
  const panel = panels.all.find((one) => one.session === session);
  assert.ok(panel, 'it has a panel');
  return panel;
}

/** The charts of its page hold every step and epoch that was told, its table all results. */
async function assertWhole(session: ComparisonSession): Promise<void> {
  const { charts, ranked } = await (await panelOf(session)).inspect();
  assert.deepEqual(
    ranked,
    session.results?.schedules.map(({ schedule }) => schedule),
  );
  const { runs } = session.state(0);
  const ysOf = (chart: string, run: string): readonly number[] => {
    const series = charts.find((one) => one.chart === chart)?.series ?? [];
    return [...(series.find((one) => one.run === run)?.ys ?? [])];
  };
  for (const { run, steps, epochs } of runs) {
    assert.deepEqual(ysOf('loss', run), [...steps.losses], `losses of ${run}`);
    assert.deepEqual(ysOf('learningRate', run), [...steps.learningRates], `rates of ${run}`);
    assert.deepEqual(
      ysOf('accuracy', run),
      epochs.map(({ accuracy }) => accuracy),
      `accuracies of ${run}`,
    );
  }
}

/** Waits until it is trained, and its results are those of the last epoch. */
async function untilResults(session: ComparisonSession, epochs: number): Promise<void> {
  await untilStatus(session, 'completed');
  await until(
    () => session.runs.every((run) => run.epochs.length === epochs) && !session.isTraining,
    'all epochs are told',
  );
  await untilEnded(session);
}

/** Waits for the last results, which are asked for when nothing trains any more. */
function untilEnded(session: ComparisonSession): Promise<void> {
  return new Promise((resolve) => {
    const done = session.onDidChange((change) => {
      if (change === 'results' || change === 'ended') settle();
    });
    const timer = setTimeout(settle, 3000);
    function settle(): void {
      clearTimeout(timer);
      done.dispose();
      resolve();
    }
  });
}

describe('The panel of a comparison', function () {
  this.timeout(120_000);

  afterEach(async () => {
    const { comparisons } = (await anneal()).history;
    for (const session of comparisons.all) comparisons.close(session);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows every step and epoch that was trained', async () => {
    const session = await start(await scheduleFile('panel.py'), small);
    await untilResults(session, 2);
    await assertWhole(session);
  });

  it('is whole when it was hidden meanwhile', async () => {
    const uri = await scheduleFile('hidden.py');
    const session = await start(uri, { ...small, epochs: 4 });
    await untilEpochs(session, 1);
    await window.showTextDocument(uri);
    await untilResults(session, 4);
    (await panelOf(session)).reveal();
    await assertWhole(session);
  });

  it('can be closed and opened again while it trains', async () => {
    const session = await start(await scheduleFile('reopened.py'), long);
    await untilEpochs(session, 1);
    await commands.executeCommand('workbench.action.closeActiveEditor');
    const before = session.runs[0]?.epochs.length ?? 0;
    await untilEpochs(session, before + 2);
    assert.equal(session.isTraining, true, 'it goes on without a panel');
    await commands.executeCommand('anneal.openComparison', session.folders[0]);
    session.stop();
    await untilStatus(session, 'stopped');
    await untilEnded(session);
    await assertWhole(session);
  });

  it('is the one that was opened anew where VS Code restores another one later', async () => {
    const session = await start(await scheduleFile('restored.py'), long);
    await untilEpochs(session, 1);
    const { panels } = (await anneal()).history;
    const late = window.createWebviewPanel('anneal.comparison', 'late', ViewColumn.Active);
    await panels.deserializeWebviewPanel(late, { folder: session.key, view: {} });
    assert.equal(panels.all.length, 1);
    assert.equal(panels.isShown(session), true);
    session.stop();
    await untilStatus(session, 'stopped');
    await untilEnded(session);
    await assertWhole(session);
  });

  it('is sent the steps of any number of runs in one buffer', async () => {
    const session = await start(await scheduleFile('buffers.py'), small);
    await untilStatus(session, 'completed');
    const { runs } = session.state(0);
    const many = Array.from({ length: 100 }, () => runs).flat();
    const packed = withOneBuffer(many);
    assert.deepEqual(packed, many);
    const buffers = packed.flatMap(({ steps }) =>
      [steps.losses, steps.learningRates, steps.clock].map(({ buffer }) => buffer),
    );
    assert.equal(new Set(buffers).size, 1);
  });
});
