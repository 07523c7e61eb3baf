import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, env, extensions } from 'vscode';
import { anneal, inWorkspace, until } from '../documents.ts';
import { long, scheduleFile, small, start, untilEpochs, untilStatus } from './comparing.ts';

describe('The comparisons of a project', function () {
  this.timeout(120_000);
  let folder = '';

  before(async () => {
    const session = await start(await scheduleFile('kept.py'), small);
    await untilStatus(session, 'completed');
    folder = session.folders[0] ?? '';
    await closeAll();
  });
  afterEach(closeAll);

  async function closeAll(): Promise<void> {
    const { comparisons } = (await anneal()).history;
    for (const session of comparisons.all) comparisons.close(session);
  }

  const kept = async () => (await anneal()).history.kept;

  it('are listed with what came out', async () => {
    const one = (await (await kept()).read()).find((other) => other.folder === folder);
    assert.ok(one);
    assert.equal(one.status, 'completed');
    assert.equal(one.schedules, 2);
    assert.equal(one.epochs, 2);
    assert.ok(one.best && ['warmup', 'cosine'].includes(one.best.schedule));
    const { tree } = (await anneal()).history;
    const item = tree.getTreeItem(one.folder);
    assert.equal(item.label, 'kept');
    assert.match(String(item.description), /^(warmup|cosine) \d\d\.\d\d % · /);
    assert.equal(item.contextValue, 'comparison.completed');
  });

  it('are renamed, also where they are open', async () => {
    const { comparisons } = (await anneal()).history;
    await commands.executeCommand('anneal.openComparison', folder);
    const session = comparisons.at([folder]);
    await commands.executeCommand('anneal.renameComparison', folder, 'Warm-up or <b>not</b>');
    assert.equal(session?.title, 'Warm-up or <b>not</b>');
    assert.equal((await kept()).at(folder)?.title, 'Warm-up or <b>not</b>');
    await closeAll();
    await commands.executeCommand('anneal.openComparison', folder);
    assert.equal(comparisons.at([folder])?.title, 'Warm-up or <b>not</b>');
  });

  it('are opened as they were trained, with their results', async () => {
    const { comparisons } = (await anneal()).history;
    await commands.executeCommand('anneal.openComparison', folder);
    const session = comparisons.at([folder]);
    assert.ok(session);
    await session.read;
    assert.equal(session.status.status, 'completed');
    assert.equal(session.isTraining, false);
    assert.equal(session.results?.schedules.length, 2);
    assert.deepEqual(
      session.runs.map(({ epochs }) => epochs.length),
      [2, 2],
    );
    const { classes, labels, runs } = await session.ask('predictions', {
      runs: session.runs.map(({ run }) => run),
    });
    assert.equal(classes.length, 10);
    assert.equal(labels.length, 200);
    assert.equal(runs[0]?.predicted.length, 200);
  });

  it('are exported as files', async () => {
    const target = join(inWorkspace('exports').fsPath);
    await mkdir(target, { recursive: true });
    for (const [format, expected] of [
      ['md', /\| *cosine/],
      ['csv', /warmup,/],
      ['json', /"schedule"/],
      ['svg', /^<svg/],
      ['html', /<script type="application\/json" id="comparison">/],
    ] as const) {
      const path = join(target, `report.${format}`);
      await commands.executeCommand('anneal.exportComparison', folder, format, path);
      assert.match(await readFile(path, 'utf8'), expected, format);
    }
    const events = join(target, 'events');
    await commands.executeCommand('anneal.exportComparison', folder, 'tensorboard', events);
    assert.ok(existsSync(events));
    assert.deepEqual((await anneal()).history.comparisons.all, [], 'none stays open for that');
  });

  it('have a link to their plan, which opens the same schedules', async () => {
    await commands.executeCommand('anneal.exportComparison', folder, 'link');
    const link = await env.clipboard.readText();
    assert.match(link, /:\/\/anneal\.anneal\/compare\?plan=[\w-]+$/);
  });

  it('are looked at side by side', async () => {
    const other = await start(await scheduleFile('beside.py'), small);
    await untilStatus(other, 'completed');
    const all = await (await kept()).read();
    const chosen = all.filter((one) => one.folder === folder || one.folder === other.folders[0]);
    await commands.executeCommand('anneal.compareComparisons', chosen[0], chosen);
    const { comparisons } = (await anneal()).history;
    const session = comparisons.at(chosen.map((one) => one.folder));
    assert.ok(session);
    await session.read;
    assert.equal(session.status.status, 'opened');
    assert.equal(session.runs.length, 4);
    assert.equal(session.results?.schedules.length, 4);
  });

  it('are followed where another process trains them, to its end', async () => {
    const { runners, comparisons, kept } = (await anneal()).history;
    const uri = await scheduleFile('elsewhere.py');
    const folder = inWorkspace('.anneal/elsewhere').fsPath;
    const extension = extensions.getExtension('anneal.anneal');
    const program = join(extension?.extensionPath ?? '', 'dist', 'cli.js');
    const options = ['--epochs', '400', '--train-examples', '256', '--test-examples', '200'];
    const node = await runners.node();
    const other = spawn(
      node.path,
      [program, 'compare', uri.fsPath, '--engine', 'wasm', ...options, '--output', folder],
      { env: { ...process.env, ...node.env }, stdio: 'ignore' },
    );
    const closed = new Promise((resolve) => other.once('close', resolve));
    try {
      const isTold = async () => (await kept.read()).some((one) => one.folder === folder);
      await until(isTold, 'it is on the disk', 60_000);
      const session = comparisons.look([folder]);
      await session.read;
      await until(
        () => session.status.status === 'elsewhere',
        () => session.status.status,
      );
      assert.match(session.status.notice ?? '', /^Another process trains this comparison,/);
      const epochs = () => session.runs.reduce((sum, run) => sum + run.epochs.length, 0);
      const whenOpened = epochs();
      await until(() => epochs() > whenOpened + 2, 'its epochs come', 60_000);
      other.kill('SIGINT');
      await until(
        () => session.status.status === 'stopped',
        () => session.status.status,
        30_000,
      );
      assert.equal(session.status.notice, null);
    } finally {
      other.kill('SIGINT');
      await closed;
    }
  });

  it('are not deleted while they train', async () => {
    const session = await start(await scheduleFile('busy.py'), long);
    await untilEpochs(session, 1);
    const busy = session.folders[0] ?? '';
    await commands.executeCommand('anneal.deleteComparison', busy);
    assert.ok(existsSync(busy));
    assert.equal(session.isTraining, true);
  });

  it('are listed where they are damaged, with what is wrong', async () => {
    const broken = inWorkspace('.anneal/broken').fsPath;
    await mkdir(broken, { recursive: true });
    await writeFile(join(broken, 'plan.json'), '{"half": ');
    await until(
      async () => ((await kept()).at(broken)?.problem ?? '') !== '',
      'the folder is noticed and listed with its problem',
      20_000,
    );
    assert.equal((await kept()).at(broken)?.status, 'damaged');
  });
});
