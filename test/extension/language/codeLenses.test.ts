import assert from 'node:assert/strict';
import { commands, languages, type CodeLens, type TextDocument } from 'vscode';
import {
  anneal,
  file,
  notebook,
  rangeOf,
  readOnly,
  replace,
  set,
  untitled,
  until,
} from '../documents.ts';

async function lensesOf({ uri }: TextDocument): Promise<readonly CodeLens[]> {
  return commands.executeCommand('vscode.executeCodeLensProvider', uri, 100);
}

/** The titles of the lenses of a line, counted from 0. */
async function titlesIn(document: TextDocument, line: number): Promise<readonly string[]> {
  const lenses = await lensesOf(document);
  return lenses
    .filter(({ range }) => range.start.line === line)
    .map(({ command }) => command?.title ?? '');
}

describe('Code lenses', () => {
  before(anneal);

  it('stand above a schedule with its length and rates, and what it assumes', async () => {
    const document = await untitled(`import optax
def create(lr):
    return optax.linear_schedule(lr, 1e-5, total_steps)
`);
    const titles = await titlesIn(document, 2);
    assert.equal(titles[0], '10000 steps, 1e-3 → 1e-5');
    assert.deepEqual(titles.filter((title) => title.startsWith('assumes')).toSorted(), [
      'assumes lr = 0.001',
      'assumes total_steps = 10000',
    ]);
  });

  it('lead nowhere but to commands that exist', async () => {
    const document = await untitled('import optax\na = optax.constant_schedule(n)\n');
    const known = new Set(await commands.getCommands());
    for (const { command } of await lensesOf(document)) {
      assert.ok(command?.command === '' || known.has(command?.command ?? '?'), command?.title);
    }
  });

  it('follow what is typed', async () => {
    const document = await untitled('import optax\na = optax.linear_schedule(0.1, 0, 100)\n');
    assert.equal((await titlesIn(document, 1))[0], '100 steps, 0.1 → 0');
    await replace(document, '100', '250');
    assert.equal((await titlesIn(document, 1))[0], '250 steps, 0.1 → 0');
  });

  it('stand in cells of a notebook, with what cells before give', async () => {
    const document = await notebook('import optax\nn = 30', 'a = optax.linear_schedule(1, 0, n)');
    assert.equal((await titlesIn(document.cellAt(1).document, 0))[0], '30 steps, 1 → 0');
    assert.deepEqual(await lensesOf(document.cellAt(0).document), []);
  });

  it('stand in files of schedules and in documents that cannot be changed', async () => {
    const json = await file(
      'lenses.schedules.json',
      `{"schedules": [\n{"name": "a", "function": "constant_schedule", "args": {"value": 1}}]}`,
    );
    assert.equal((await titlesIn(json, 1))[0], 'constant 1');
    const document = await readOnly('lenses.py', 'import optax\na = optax.constant_schedule(2)\n');
    assert.equal((await titlesIn(document, 1))[0], 'constant 2');
  });

  it('are not there without Optax, or where the user wants none', async () => {
    assert.deepEqual(await lensesOf(await untitled('a = 1\n')), []);
    const document = await untitled('import optax\na = optax.constant_schedule(1)\n');
    await set('codeLens.enabled', false);
    assert.deepEqual(await lensesOf(document), []);
    await set('codeLens.enabled', undefined);
    await until(async () => (await lensesOf(document)).length > 0, 'the lenses are back');
  });

  it('go when the document is of another language', async () => {
    const document = await untitled('import optax\na = optax.constant_schedule(1)\n');
    assert.notDeepEqual(await lensesOf(document), []);
    const other = await languages.setTextDocumentLanguage(document, 'plaintext');
    assert.deepEqual(await lensesOf(other), []);
  });

  it('say which values the user has set', async () => {
    const document = await file(
      'bound.py',
      'import optax\ndef create(lr):\n    return optax.linear_schedule(lr, 0, total_steps)\n',
    );
    await set('bindings', { 'bound.py': { total_steps: 235 }, '*': { lr: 0.5 } });
    assert.deepEqual((await titlesIn(document, 2)).slice(-1), ['total_steps = 235 is set by you']);
    assert.deepEqual(await titlesIn(document, 1), ['lr = 0.5 is set by you']);
    assert.equal((await titlesIn(document, 2))[0], '235 steps, 0.5 → 0');
    const start = rangeOf(document, 'total_steps').start;
    const [lens] = (await lensesOf(document)).filter(({ range }) => range.start.isEqual(start));
    assert.equal(lens?.command?.command, 'anneal.bindName');
    await set('bindings', undefined);
  });
});
