import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import { anneal, file, inWorkspace, notebook, readOnly, set, until } from '../documents.ts';
import type { AnnealApi } from '../../../extension/activate.ts';

const program = `import optax
def create(total_steps):
    return optax.linear_schedule(0.1, 0, total_steps)
`;

async function bind(
  { uri }: Pick<TextDocument, 'uri'>,
  ...rest: readonly unknown[]
): Promise<void> {
  await commands.executeCommand('anneal.bindName', uri.toString(), ...rest);
}

const bindings = (): unknown => workspace.getConfiguration('anneal').get('bindings');

describe('Setting a value that the code does not give', () => {
  let api: AnnealApi;

  before(async () => {
    api = await anneal();
  });

  afterEach(() => set('bindings', undefined));

  const lengthIn = ({ uri }: Pick<TextDocument, 'uri'>): number | null | undefined =>
    api.sources.at(uri)?.read.definitions[0]?.schedule?.phases[0]?.to;

  it('keeps it in the settings of the workspace, from where it goes again', async () => {
    const document = await file('settings.py', program);
    assert.equal(lengthIn(document), 10_000);
    await bind(document, 'total_steps', 10_000, '235', 'setting');
    assert.deepEqual(bindings(), { 'settings.py': { total_steps: 235 } });
    await until(() => lengthIn(document) === 235, 'the schedule has the length that was set');
    // Where it is kept is known now.
    await bind(document, 'total_steps', 235, '10 * 235');
    assert.deepEqual(bindings(), { 'settings.py': { total_steps: '10 * 235' } });
    await until(() => lengthIn(document) === 2350, 'an expression is computed');
    await bind(document, 'total_steps', 235, '');
    assert.deepEqual(bindings(), {});
    await until(() => lengthIn(document) === 10_000, 'the value is assumed again');
    assert.equal(document.getText(), program);
  });

  it('takes it out of the settings of the user too, and sets it for the workspace alone', async () => {
    const document = await file('user.py', program);
    const ofUser = (): unknown =>
      workspace.getConfiguration('anneal').inspect('bindings')?.globalValue;
    const configuration = workspace.getConfiguration('anneal');
    const everywhere = { '*': { total_steps: 235 } };
    await configuration.update('bindings', everywhere, ConfigurationTarget.Global);
    await until(() => lengthIn(document) === 235, 'the value of all files is used');
    await bind(document, 'total_steps', 235, '470', 'setting');
    await until(() => lengthIn(document) === 470, 'that of the workspace counts more');
    assert.deepEqual(ofUser(), everywhere);
    await bind(document, 'total_steps', 470, '');
    await bind(document, 'total_steps', 235, '');
    await until(() => lengthIn(document) === 10_000, 'the value is assumed again');
    assert.equal(ofUser(), undefined);
  });

  it('keeps it in a comment of the code, from where it goes again', async () => {
    const document = await file('comment.py', program.replaceAll('\n', '\r\n'));
    await bind(document, 'total_steps', 10_000, '235', 'comment');
    assert.match(document.getText(), /:\r\n {4}# anneal: total_steps=235\r\n {4}return/);
    assert.equal(lengthIn(document), 235);
    await bind(document, 'total_steps', 235, '470');
    assert.equal(lengthIn(document), 470);
    await bind(document, 'total_steps', 470, '');
    assert.equal(document.getText(), program.replaceAll('\n', '\r\n'));
    assert.deepEqual(bindings(), {});
  });

  it('writes a comment into the cell of a notebook where it is assumed', async () => {
    const document = await notebook('import optax', 'a = optax.linear_schedule(1, 0, steps)');
    await bind(document, 'steps', 10_000, '235', 'comment');
    assert.equal(
      document.cellAt(1).document.getText(),
      '# anneal: steps=235\na = optax.linear_schedule(1, 0, steps)',
    );
    assert.equal(lengthIn(document), 235);
  });

  it('takes nothing that cannot be computed', async () => {
    const document = await file('wrong.py', program);
    for (const value of ['235 +', 'unknown_name', 'open("rate.txt")']) {
      await bind(document, 'total_steps', 10_000, value, 'setting');
      assert.deepEqual(bindings(), {}, value);
    }
  });

  it('leaves a document that cannot be changed as it is', async () => {
    const document = await readOnly('comment.py', program);
    await bind(document, 'total_steps', 10_000, '235', 'comment');
    assert.equal(document.getText(), program);
    assert.equal(lengthIn(document), 10_000);
  });

  it('stays with a file that is renamed', async () => {
    const document = await file('before.py', program);
    await bind(document, 'total_steps', 10_000, '235', 'setting');
    const edit = new WorkspaceEdit();
    const after = inWorkspace('after.py');
    edit.renameFile(document.uri, after, { overwrite: true });
    assert.ok(await workspace.applyEdit(edit));
    await until(() => lengthIn({ uri: after }) === 235, 'the renamed file has its value');
    assert.deepEqual(bindings(), { 'after.py': { total_steps: 235 } });
  });
});
