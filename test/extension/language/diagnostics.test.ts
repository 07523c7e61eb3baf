import assert from 'node:assert/strict';
import {
  ConfigurationTarget,
  DiagnosticSeverity,
  DiagnosticTag,
  languages,
  NotebookEdit,
  NotebookRange,
  workspace,
  WorkspaceEdit,
  type Diagnostic,
  type NotebookDocument,
  type TextDocument,
} from 'vscode';
import {
  anneal,
  file,
  notebook,
  pythonCell,
  rangeOf,
  readOnly,
  replace,
  set,
  untitled,
  until,
} from '../documents.ts';

const trap = 'a = optax.cosine_decay_schedule(1e-3, 100, alpha=1e-5)';
const program = `import optax\n${trap}\n`;

function diagnosticsOf({ uri }: TextDocument): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'Anneal');
}

const codesOf = (document: TextDocument): readonly unknown[] =>
  diagnosticsOf(document).map(({ code }) => code);

async function shows(document: TextDocument, ...codes: readonly string[]): Promise<void> {
  const wanted = codes.join();
  await until(
    () => codesOf(document).join() === wanted,
    `${document.uri.path} shows "${wanted}", not "${codesOf(document).join()}"`,
  );
}

describe('Diagnostics', () => {
  before(anneal);

  it('can be turned off for a language', async () => {
    const python = workspace.getConfiguration('anneal', { languageId: 'python' });
    const turn = (isOn: boolean | undefined) =>
      python.update('diagnostics.enabled', isOn, ConfigurationTarget.Workspace, true);
    const document = await file('language.py', program);
    await shows(document, 'alpha-as-end-value');
    await turn(false);
    await shows(document);
    await turn(undefined);
    await shows(document, 'alpha-as-end-value');
  });

  it('underline what a finding is about, and go when it is mended', async () => {
    const document = await file('trap.py', program);
    await shows(document, 'alpha-as-end-value');
    const [diagnostic] = diagnosticsOf(document);
    assert.equal(diagnostic?.severity, DiagnosticSeverity.Warning);
    assert.deepEqual(diagnostic.range, rangeOf(document, '1e-5'));
    await replace(document, 'alpha=1e-5', 'alpha=0.1');
    await shows(document);
  });

  it('are those of unfinished code while it is typed', async () => {
    const document = await untitled(
      'import optax\na = optax.cosine_decay_schedule(0.1, decay_step=',
    );
    await shows(document, 'unknown-argument');
  });

  it('count columns as the editor does, whatever characters and line ends there are', async () => {
    const line =
      'def f():\r\n\ts = "🚀 全角"; a = optax.cosine_decay_schedule(1e-3, 100, 1e-5); return a';
    const document = await untitled(`import optax\r\n${line}\r\n`);
    await shows(document, 'alpha-as-end-value');
    assert.deepEqual(diagnosticsOf(document)[0]?.range, rangeOf(document, '1e-5'));
  });

  it('stand in a document that cannot be changed', async () => {
    await shows(await readOnly('trap.py', program), 'alpha-as-end-value');
  });

  it('stand in a file of schedules', async () => {
    const text = `{"schedules": [{"name": "a", "function": "constant_schedule", "args": {"vale": 1}}]}`;
    const document = await file('trap.schedules.json', text);
    await shows(document, 'unknown-argument');
    assert.deepEqual(diagnosticsOf(document)[0]?.range, rangeOf(document, '"vale"'));
  });

  it('are as serious as the user says, or not there', async () => {
    const document = await untitled(program);
    await shows(document, 'alpha-as-end-value');
    await set('diagnostics.severity', { 'alpha-as-end-value': 'hint' });
    await until(
      () => diagnosticsOf(document)[0]?.severity === DiagnosticSeverity.Hint,
      'the warning is a hint',
    );
    await set('diagnostics.severity', { 'alpha-as-end-value': 'off' });
    await shows(document);
    await set('diagnostics.severity', undefined);
    await shows(document, 'alpha-as-end-value');
    await set('diagnostics.enabled', false);
    await shows(document);
    await set('diagnostics.enabled', undefined);
    await shows(document, 'alpha-as-end-value');
  });

  it('fade a schedule that is never used', async () => {
    const document = await untitled(`import optax
optimizer = optax.sgd(optax.constant_schedule(1))
unused = optax.constant_schedule(0.1)
`);
    await shows(document, 'never-used');
    assert.deepEqual(diagnosticsOf(document)[0]?.tags, [DiagnosticTag.Unnecessary]);
  });

  it('go when the document is no Python any more', async () => {
    const document = await untitled(program);
    await shows(document, 'alpha-as-end-value');
    const { uri } = await languages.setTextDocumentLanguage(document, 'plaintext');
    await until(() => languages.getDiagnostics(uri).length === 0, 'nothing is underlined');
  });
});

describe('Diagnostics in a notebook', () => {
  before(anneal);

  const cell = (document: NotebookDocument, index: number): TextDocument =>
    document.cellAt(index).document;

  async function edit(document: NotebookDocument, ...edits: readonly NotebookEdit[]) {
    const change = new WorkspaceEdit();
    change.set(document.uri, [...edits]);
    assert.ok(await workspace.applyEdit(change));
  }

  it('stand in the cell that they are about, and know the cells before it', async () => {
    const document = await notebook('import optax', 'end = 1e-5', trap.replace('1e-5', 'end'));
    await shows(cell(document, 2), 'alpha-as-end-value');
    assert.deepEqual(diagnosticsOf(cell(document, 2))[0]?.range, rangeOf(cell(document, 2), 'end'));
    assert.deepEqual(codesOf(cell(document, 1)), []);
    await replace(cell(document, 1), '1e-5', '0.5');
    await shows(cell(document, 2));
  });

  it('follow cells that are added, moved and removed', async () => {
    const document = await notebook('import optax\nend = 1e-5', trap.replace('1e-5', 'end'));
    const last = cell(document, 1);
    await shows(last, 'alpha-as-end-value');
    const another = pythonCell('end = 0.5');

    await edit(document, NotebookEdit.insertCells(1, [another]));
    await shows(last);

    await edit(document, NotebookEdit.deleteCells(new NotebookRange(1, 2)));
    await edit(document, NotebookEdit.insertCells(2, [another]));
    await shows(last, 'alpha-as-end-value');

    await edit(document, NotebookEdit.deleteCells(new NotebookRange(1, 2)));
    await until(() => diagnosticsOf(last).length === 0, 'nothing is said of a cell that is gone');
  });
});
