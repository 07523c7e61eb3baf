import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commands, window } from 'vscode';
import { anneal, until } from '../documents.ts';
import { long, scheduleFile, small, start, untilEpochs, untilStatus } from './comparing.ts';

describe('A comparison in the editor', function () {
  this.timeout(120_000);

  afterEach(async () => {
    const { comparisons } = (await anneal()).history;
    for (const session of comparisons.all) comparisons.close(session);
  });

  it('trains what optimizers are given, and is told every epoch as it comes', async () => {
    const session = await start(await scheduleFile('compared.py'), small);
    await untilEpochs(session, 1);
    assert.equal(session.status.status, 'training');
    await untilStatus(session, 'completed');
    assert.deepEqual(
      session.runs.map(({ run, status, epochs, hasSource }) => [
        run,
        status,
        epochs.length,
        hasSource,
      ]),
      [
        ['warmup', 'completed', 2, true],
        ['cosine', 'completed', 2, true],
      ],
    );
    const { runs } = session.state(1);
    const rates = runs[1]?.steps.learningRates;
    assert.equal(rates?.length, 16);
    assert.equal(rates[0], Math.fround(1e-3), 'the rates are those of the curve');
    assert.equal(session.started?.settings.batchSize, 32);
    assert.deepEqual(session.started.runs[0]?.definition, {
      function: 'linear_schedule',
      args: { init_value: 0, end_value: 1e-3, transition_steps: 10 },
    });
    assert.ok(existsSync(join(session.folders[0] ?? '', 'plan.json')));
  });

  it('starts with the choices that a keybinding gives, and again as the last time', async () => {
    const uri = await scheduleFile('again.py');
    await window.showTextDocument(uri);
    const { comparisons } = (await anneal()).history;
    const choices = { ...small, epochs: 1, schedules: ['cosine', 'idle'] };
    const startBy = async (command: string, argument?: unknown) => {
      await window.showTextDocument(uri);
      const folder = await commands.executeCommand<string>(command, argument);
      const session = comparisons.at([folder]);
      assert.ok(session);
      await untilStatus(session, 'completed');
      assert.deepEqual(
        session.runs.map(({ run }) => run),
        ['cosine', 'idle'],
      );
      return folder;
    };
    const first = await startBy('anneal.compareSchedules', choices);
    const second = await startBy('anneal.compareSchedulesAgain');
    assert.notEqual(first, second);
    await assert.rejects(
      async () => commands.executeCommand('anneal.compareSchedules', { epoch: 3 }),
      /Comparisons have no choice 'epoch'; there are/,
    );
    await assert.rejects(
      async () => commands.executeCommand('anneal.compareSchedules', { epochs: '3' }),
      /'epochs' cannot be "3"/,
    );
  });

  it('stops when it is told to, keeps what it trained, and goes on at the very step', async () => {
    const session = await start(await scheduleFile('stopped.py'), long);
    await untilEpochs(session, 2);
    await commands.executeCommand('anneal.stopComparison');
    await untilStatus(session, 'stopped');
    assert.equal(session.isTraining, false);
    assert.equal(session.problem, undefined, 'that is no failure');
    const { stepsDone } = session.runs[0] ?? { stepsDone: 0 };
    assert.ok(stepsDone >= 16);
    await commands.executeCommand('anneal.resumeComparison', session.folders[0]);
    await untilStatus(session, 'training');
    await until(
      () => (session.runs[0]?.stepsDone ?? 0) > stepsDone,
      () =>
        `more than ${stepsDone} steps are done: ${session.status.status} ${session.problem ?? ''}`,
      30_000,
    );
  });

  it('goes on with one run of what was stopped', async () => {
    const session = await start(await scheduleFile('one.py'), long);
    await untilEpochs(session, 1);
    session.stop();
    await untilStatus(session, 'stopped');
    const name = session.runs[1]?.run ?? '';
    const doneBefore = session.runs[0]?.stepsDone ?? 0;
    await session.continue(name);
    await untilStatus(session, 'training');
    await until(
      () => (session.runs[1]?.stepsDone ?? 0) > doneBefore,
      () => `${name} trains: ${session.status.status} ${session.problem ?? ''}`,
      30_000,
    );
    assert.equal(session.runs[0]?.status, 'stopped');
    assert.equal(session.runs[0].stepsDone, doneBefore);
  });

  it('says that its process was killed, and goes on from the last checkpoint', async () => {
    const session = await start(await scheduleFile('killed.py'), long);
    await untilEpochs(session, 3);
    process.kill(session.processId ?? 0, 'SIGKILL');
    await untilStatus(session, 'stopped');
    assert.match(session.problem ?? '', /was killed \(SIGKILL\)\. What was trained is kept\./);
    assert.deepEqual(
      session.runs.filter(({ status }) => status === 'training'),
      [],
    );
    await session.continue();
    await untilStatus(session, 'training');
    await untilEpochs(session, 4);
    assert.equal(session.problem, undefined);
  });

  it('trains beside another one', async () => {
    const [one, other] = await Promise.all([
      start(await scheduleFile('one.py'), long),
      start(await scheduleFile('other.py'), long),
    ]);
    await Promise.all([untilEpochs(one, 2), untilEpochs(other, 2)]);
    assert.notEqual(one.folders[0], other.folders[0]);
    const { comparisons } = (await anneal()).history;
    assert.equal(comparisons.training.length, 2);
  });

  it('ends its process when it is closed', async () => {
    const session = await start(await scheduleFile('closed.py'), long);
    await untilEpochs(session, 1);
    const { processId = 0 } = session;
    assert.ok(isRunning(processId));
    (await anneal()).history.comparisons.close(session);
    await until(
      () => !isRunning(processId),
      () => 'it ends',
      20_000,
    );
  });
});

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
