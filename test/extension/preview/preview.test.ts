import assert from 'node:assert/strict';
import { commands, ViewColumn, window, workspace } from 'vscode';
import type { Preview } from '../../../extension/preview/preview.ts';
import type { DrawnChart } from '../../../webview/messages.ts';
import { anneal, file, inWorkspace, notebook, replace, until } from '../documents.ts';

const two = `import optax

lr = optax.warmup_cosine_decay_schedule(0.0, 1e-3, warmup_steps=100, decay_steps=1000)
stairs = optax.exponential_decay(1e-3, 100, 0.5, staircase=True)
`;

describe('The preview panel', function () {
  this.timeout(60_000);

  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    const { previews } = await anneal();
    await until(() => previews.all.length === 0, 'the panels go with their tabs');
  });

  async function opened(): Promise<Preview> {
    const { previews } = await anneal();
    await commands.executeCommand('anneal.openPreview');
    const [preview] = previews.all;
    assert.ok(preview, 'a panel opens');
    return preview;
  }

  /** What the chart holds, once it is as it should be. */
  async function chart(
    preview: Preview,
    is: (chart: DrawnChart) => boolean,
    what: string,
  ): Promise<DrawnChart> {
    let drawn = await preview.inspect();
    await until(async () => is((drawn = await preview.inspect())), what);
    return drawn;
  }

  const names = ({ series }: DrawnChart): readonly string[] => series.map(({ name }) => name);

  it('draws the rates that the schedules have', async () => {
    const document = await file('two.py', two);
    const { sources } = await anneal();
    const drawn = await (await opened()).inspect();
    assert.deepEqual(names(drawn), ['lr', 'stairs']);
    const definitions = sources.of(document)?.read.definitions ?? [];
    for (const { name, steps, rates } of drawn.series) {
      const schedule = definitions.find((one) => one.name === name)?.schedule?.schedule;
      assert.ok(schedule && steps.length > 100);
      for (const [i, step] of steps.entries()) assert.equal(rates[i], schedule(step));
    }
  });

  it('shows a file that no editor has open, as after the window was loaded anew', async () => {
    const uri = inWorkspace('unopened.py');
    await workspace.fs.writeFile(uri, new TextEncoder().encode(two));
    const { previews, sources } = await anneal();
    assert.equal(sources.at(uri), undefined);
    const panel = window.createWebviewPanel('anneal.preview', 'Schedules', ViewColumn.Active);
    const saved = { uri: uri.toString(), isLocked: true, view: {} };
    await previews.deserializeWebviewPanel(panel, saved);
    const [preview] = previews.all;
    assert.ok(preview);
    await chart(preview, (drawn) => names(drawn).join() === 'lr,stairs', 'its schedules are drawn');
  });

  it('shows the file beside it where the window went before anything was saved', async () => {
    const document = await file('unsaved.py', two);
    const { previews } = await anneal();
    const panel = window.createWebviewPanel('anneal.preview', 'Schedules', ViewColumn.Beside);
    await until(() => panel.active && !window.activeTextEditor, 'the panel has the focus');
    await previews.deserializeWebviewPanel(panel, undefined);
    const [preview] = previews.all;
    assert.equal(preview?.uri.toString(), document.uri.toString());
    assert.equal(preview.isLocked, false);
  });

  it('is closed where nothing was saved and no file is open', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    const { previews } = await anneal();
    const panel = window.createWebviewPanel('anneal.preview', 'Schedules', ViewColumn.Active);
    let isClosed = false;
    panel.onDidDispose(() => (isClosed = true));
    await previews.deserializeWebviewPanel(panel, undefined);
    await until(() => isClosed, 'the panel is closed');
    assert.deepEqual(previews.all, []);
  });

  it('shows schedules that are longer than can be counted, and what comes after them', async () => {
    const document = await file(
      'endless.py',
      two.replace('decay_steps=1000', 'decay_steps=10**20'),
    );
    const preview = await opened();
    await chart(preview, (drawn) => names(drawn).join() === 'lr,stairs', 'both are drawn');
    await replace(document, '10**20', '2000');
    await chart(preview, ({ series }) => series[0]?.steps.at(-1) === 2000, 'so is what is typed');
  });

  it('draws anew what is typed, and the last state wins', async () => {
    const document = await file('typed.py', two);
    const preview = await opened();
    await preview.inspect();
    for (const [before, after] of [
      ['1e-3', '2e-3'],
      ['2e-3', '3e-3'],
      ['3e-3', '4e-3'],
    ] as const) {
      await replace(document, before, after);
    }
    await chart(
      preview,
      ({ series }) => Math.abs(Math.max(...(series[0]?.rates ?? [])) - 4e-3) < 1e-6,
      'the curve has its last peak',
    );
  });

  it('keeps the last curve of a schedule that is broken for a moment', async () => {
    const document = await file('broken.py', two);
    const preview = await opened();
    await preview.inspect();
    await replace(document, 'decay_steps=1000', 'decay_steps=10');
    const drawn = await preview.inspect();
    assert.deepEqual(names(drawn), ['lr', 'stairs']);
    assert.ok((drawn.series[0]?.steps.length ?? 0) > 100);
  });

  it('writes a value into the code as one change that can be undone', async () => {
    const document = await file('dragged.py', two);
    const preview = await opened();
    await preview.inspect();
    for (const [value, done] of [
      [2e-3, false],
      [3e-3, false],
      [5e-3, true],
    ] as const) {
      await preview.setArgument({ schedule: 'lr', argument: 'peak_value', value, done });
    }
    assert.match(document.getText(), /\(0\.0, 5e-3, warmup/);
    await window.showTextDocument(document);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), two);
  });

  it('writes it where a name stands for it, and undoes that in one step too', async () => {
    const named = two.replace('lr =', 'peak = 1e-3\n\nlr =').replace('0.0, 1e-3', '0.0, peak');
    const document = await file('named.py', named);
    const preview = await opened();
    await preview.inspect();
    for (const [value, done] of [
      [2e-3, false],
      [5e-3, true],
    ] as const) {
      await preview.setArgument({ schedule: 'lr', argument: 'peak_value', value, done });
    }
    assert.equal(document.getText(), named.replace('peak = 1e-3', 'peak = 5e-3'));
    await chart(
      preview,
      ({ series }) => Math.abs(Math.max(...(series[0]?.rates ?? [])) - 5e-3) < 1e-6,
      'the curve has the peak',
    );
    await window.showTextDocument(document);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), named);
  });

  it('follows the active editor, unless it is locked', async () => {
    await file('first.py', two);
    const preview = await opened();
    assert.deepEqual(names(await preview.inspect()), ['lr', 'stairs']);
    await file('second.py', 'import optax\nother = optax.constant_schedule(0.1)\n');
    await chart(preview, (drawn) => names(drawn)[0] === 'other', 'it follows');
  });

  it('has the cells of a notebook', async () => {
    const document = await notebook(
      'import optax\npeak = 1e-3',
      'lr = optax.linear_schedule(0.0, peak, 100)',
    );
    const preview = await opened();
    assert.deepEqual(names(await preview.inspect()), ['lr']);
    assert.equal(preview.uri.toString(), document.uri.toString());
  });

  it('does nothing while it is hidden, and is whole when it is shown again', async () => {
    const document = await file('hidden.py', two);
    const preview = await opened();
    const { revision } = await preview.inspect();
    // Another tab over the panel.
    await commands.executeCommand('workbench.action.focusSecondEditorGroup');
    const cover = await workspace.openTextDocument({ content: 'cover' });
    await window.showTextDocument(cover, { viewColumn: ViewColumn.Two });
    await replace(document, '1e-3', '2e-3');
    await replace(document, '2e-3', '3e-3');
    preview.show(document.uri);
    const drawn = await chart(
      preview,
      ({ series }) => Math.abs(Math.max(...(series[0]?.rates ?? [])) - 3e-3) < 1e-6,
      'it shows what is there now',
    );
    assert.ok(drawn.revision <= revision + 2, `${drawn.revision} after ${revision}`);
  });
});
