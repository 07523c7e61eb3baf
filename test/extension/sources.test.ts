import assert from 'node:assert/strict';
import { commands, Position, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { bringsOptax } from '../../extension/sources/interest.ts';
import { anneal, file, inWorkspace, replace, until, untitled } from './documents.ts';

describe('The readings of open documents', () => {
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('are one for each version, shared by all who ask', async () => {
    const { sources } = await anneal();
    const document = await untitled('import optax\nlr = optax.constant_schedule(0.1)\n');
    const first = sources.of(document);
    assert.ok(first);
    assert.equal(sources.of(document), first);
    await replace(document, '0.1', '0.2');
    const second = sources.of(document);
    assert.notEqual(second, first);
    assert.equal(second?.read.definitions[0]?.schedule?.schedule(0), Math.fround(0.2));
  });

  it('of a notebook stay where it is opened and closed as text too', async () => {
    const { sources } = await anneal();
    const uri = inWorkspace('tutorial.ipynb');
    const book = await workspace.openNotebookDocument(uri);
    await window.showNotebookDocument(book);
    assert.ok(sources.at(uri));
    await workspace.openTextDocument(uri);
    assert.ok(sources.at(uri), 'it is open as text');
  });

  it('are none of Python that does not name Optax, until the word is typed letter by letter', async () => {
    const { sources } = await anneal();
    const document = await untitled('x = 1\n');
    assert.equal(sources.of(document), undefined);
    for (const [i, letter] of Array.from('import optax').entries()) {
      const edit = new WorkspaceEdit();
      edit.insert(document.uri, new Position(1, i), letter);
      await workspace.applyEdit(edit);
      assert.equal(sources.of(document) !== undefined, i === 11);
    }
  });

  it('cost nothing worth naming while something else is typed', async () => {
    const line = 'x = function(first, second, third)  # a line as lines are\n';
    const document = await untitled(line.repeat(5000));
    const range = document.lineAt(2500).range;
    const change = { range, text: 'a', rangeLength: 0, rangeOffset: 0 };
    const times = 10_000;
    const start = performance.now();
    for (let i = 0; i < times; i++) assert.ok(!bringsOptax(document, [change]));
    const each = (performance.now() - start) / times;
    assert.ok(each < 0.1, `${each} ms for a keystroke`);
  });

  it('follow a module that is open beside it and not saved', async () => {
    const { sources } = await anneal();
    const settings = await file('own_settings.py', 'peak = 0.5\n');
    const text =
      'import optax\nfrom own_settings import peak\nlr = optax.constant_schedule(peak)\n';
    const document = await file('importing.py', text);
    const rate = () => sources.of(document)?.read.definitions[0]?.schedule?.schedule(0);
    assert.equal(rate(), 0.5);
    await replace(settings, '0.5', '0.25');
    assert.ok(settings.isDirty);
    assert.equal(rate(), 0.25);
    await settings.save();
  });

  it('follow a module that changes on the disk', async () => {
    const { sources } = await anneal();
    const uri = inWorkspace('on_disk.py');
    const write = (text: string) => workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await write('peak = 0.5\n');
    const text = 'import optax\nfrom on_disk import peak\nlr = optax.constant_schedule(peak)\n';
    const document = await file('importing_disk.py', text);
    const rate = () => sources.of(document)?.read.definitions[0]?.schedule?.schedule(0);
    assert.equal(rate(), 0.5);
    await write('peak = 0.125\n');
    await until(() => rate() === 0.125, 'the curve follows the file');
  });

  it('stay with a file that is renamed, and go with one that is closed', async () => {
    const { sources } = await anneal();
    const document = await file(
      'renamed_before.py',
      'import optax\nlr = optax.constant_schedule(0.1)\n',
    );
    const renamed = inWorkspace('renamed_after.py');
    const edit = new WorkspaceEdit();
    edit.renameFile(document.uri, renamed);
    await workspace.applyEdit(edit);
    await until(() => sources.at(renamed) !== undefined, 'it is read under its new name');
    const has = (uri: Uri) => sources.all.some((one) => one.uri.toString() === uri.toString());
    assert.ok(has(renamed));
    await window.showTextDocument(renamed);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(renamed);
    await until(() => !has(document.uri), 'the old name is gone');
  });
});
