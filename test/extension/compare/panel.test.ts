import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import type { ComparisonPanel } from '../../../extension/compare/comparisonPanel.ts';
import type { ComparisonSession } from '../../../extension/compare/comparisonSession.ts';
import { withOneBuffer } from '../../../extension/compare/oneBuffer.ts';
import { anneal } from '../documents.ts';
import { long, scheduleFile, small, start, untilEpochs, untilStatus } from './comparing.ts';

async function panelOf(session: ComparisonSession): Promise<ComparisonPanel> {
  const { panels } = (await anneal()).history;
  const panel = panels.all.find((one) => one.session === session);
  assert.ok(panel, 'it has a panel');
  return panel;
}

/** The charts of its page hold every step and epoch that was told. */
async function assertWhole(session: ComparisonSession): Promise<void> {
  const { charts } = await (await panelOf(session)).inspect();
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

describe('The panel of a comparison', function () {
  this.timeout(120_000);

  afterEach(async () => {
    const { comparisons } = (await anneal()).history;
    for (const session of comparisons.all) comparisons.close(session);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows every step and epoch that was trained', async () => {
    const session = await start(await scheduleFile('panel.py'), small);
    await untilStatus(session, 'completed');
    await assertWhole(session);
  });

  it('is whole when it was hidden meanwhile', async () => {
    const uri = await scheduleFile('hidden.py');
    const session = await start(uri, { ...small, epochs: 4 });
    await untilEpochs(session, 1);
    await window.showTextDocument(uri);
    await untilStatus(session, 'completed');
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
