import assert from 'node:assert/strict';
import { commands, Uri, window, workspace } from 'vscode';
import { applyWinner } from '../../../extension/compare/applyWinner.ts';
import { comparisonPlan, startRequest } from '../../../extension/compare/comparisonPlan.ts';
import { definingCode, showDefinition } from '../../../extension/compare/definingCode.ts';
import { openPlan } from '../../../extension/compare/planAddress.ts';
import { anneal, file, notebook, replace, untitled } from '../documents.ts';
import { code, scheduleFile, small, start, untilStatus } from './comparing.ts';

describe('A comparison and its code', function () {
  this.timeout(120_000);

  after(async () => {
    const { comparisons } = (await anneal()).history;
    for (const session of comparisons.all) comparisons.close(session);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  async function sourceOf(uri: Uri) {
    const source = (await anneal()).sources.at(uri);
    assert.ok(source, 'it has schedules');
    return source;
  }

  it('shows where a schedule is defined, as the code stands now', async () => {
    const { sources } = await anneal();
    const document = await file('shown.py', code);
    const session = await start(document.uri, small);
    await untilStatus(session, 'completed');
    await replace(document, 'import optax', '# Later.\n\nimport optax');
    await showDefinition(await definingCode(sources, session, 'cosine'));
    const editor = window.activeTextEditor;
    assert.equal(editor?.document.uri.path, document.uri.path);
    assert.equal(
      editor.document.getText(editor.selection),
      'optax.cosine_decay_schedule(1e-3, 40)',
    );
    await replace(document, 'cosine = ', 'other = ');
    await assert.rejects(
      definingCode(sources, session, 'cosine'),
      /has no schedule 'cosine' any more/,
    );
  });

  it('puts the winner into an optimizer’s call, which one undo takes back', async () => {
    const only = code.replace('second = optax.sgd(learning_rate=cosine)\n', '');
    const document = await file('applied.py', only);
    await applyWinner({ source: await sourceOf(document.uri), name: 'cosine' });
    assert.match(document.getText(), /first = optax\.sgd\(learning_rate=cosine\)/);
    assert.ok(document.isDirty, 'the user saves it');
    await commands.executeCommand('undo');
    assert.equal(document.getText(), only);
  });

  it('plans what is not saved, with the rates that the curve has', async () => {
    const { sources } = await anneal();
    const document = await untitled(code);
    const plan = comparisonPlan(sources, [await sourceOf(document.uri)], { ...small, epochs: 5 });
    assert.deepEqual(
      plan.chosen.map(({ name }) => name),
      ['warmup', 'cosine'],
    );
    assert.deepEqual(
      plan.candidates.filter(({ isUsed }) => !isUsed).map(({ name }) => name),
      ['idle'],
    );
    const { runs, settings } = await startRequest(plan, '/nowhere');
    assert.equal(settings.optimizer.name, 'sgd');
    assert.equal(runs[0]?.source, undefined, 'it has no file');
    assert.equal(runs[0]?.learningRates.length, 40);
    assert.equal(runs[0].learningRates[5], Math.fround(5e-4));
    assert.equal(runs[1]?.learningRates[40], undefined);
  });

  it('follows another number of epochs where the code has a name for it', async () => {
    const { sources } = await anneal();
    const document = await untitled(
      `import optax
epochs = 10
rate = optax.linear_schedule(0.0, 1.0, epochs * 8)
tx = optax.adam(rate)
`,
    );
    const files = [await sourceOf(document.uri)];
    const rateAt = async (epochs: number): Promise<number | undefined> => {
      const plan = comparisonPlan(sources, files, { ...small, epochs });
      assert.equal(plan.settings.epochs, epochs);
      assert.equal(plan.settings.optimizer.name, 'adam');
      return (await startRequest(plan, '/nowhere')).runs[0]?.learningRates[8];
    };
    assert.ok(Math.abs(((await rateAt(10)) ?? NaN) - 0.1) < 1e-6);
    assert.equal(await rateAt(2), 0.5);
  });

  it('trains all with one optimizer where the user wants that', async () => {
    const { sources } = await anneal();
    const text = code.replace('optax.sgd(learning_rate=cosine)', 'optax.adamw(cosine)');
    const document = await untitled(text);
    const files = [await sourceOf(document.uri)];
    const optimizers = (optimizer?: string) => {
      const plan = comparisonPlan(sources, files, {
        ...(optimizer !== undefined && { optimizer }),
      });
      return plan.chosen.map((one) => (one.optimizer ?? plan.settings.optimizer).name);
    };
    assert.deepEqual(optimizers(), ['sgd', 'adamw']);
    assert.deepEqual(optimizers('lion'), ['lion', 'lion']);
  });

  it('refuses a rate that no training could use', async () => {
    const { sources } = await anneal();
    const document = await untitled(
      'import optax\n\nbad = optax.sgd(lambda step: 1.0 / (3.0 - step))\n',
    );
    const plan = comparisonPlan(sources, [await sourceOf(document.uri)], small);
    await assert.rejects(startRequest(plan, '/nowhere'), /The rate of 'bad' is Infinity at step 3/);
  });

  it('compares a notebook that is not saved', async () => {
    const book = await notebook(...code.split('\n\n'));
    const session = await start(book.uri, { ...small, epochs: 1 });
    await untilStatus(session, 'completed');
    assert.equal(session.runs.length, 2);
  });

  it('compares a notebook whose toolbar asks for it', async () => {
    const book = await notebook(...code.split('\n\n'));
    const toolbar = {
      ui: true,
      source: 'notebookToolbar',
      notebookEditor: { notebookUri: book.uri },
    };
    const choices = { ...small, epochs: 1 };
    const folder = await commands.executeCommand('anneal.compareSchedules', toolbar, null, choices);
    assert.equal(typeof folder, 'string');
  });

  it('compares what the explorer has, without an editor', async () => {
    const uri = await scheduleFile('closed.py');
    await commands.executeCommand('workbench.action.closeAllEditors');
    const session = await start(uri, { ...small, epochs: 1 });
    await untilStatus(session, 'completed');
  });

  it('opens a plan from a link as a document whose schedules can be compared', async () => {
    const schedules = [{ name: 'a', function: 'constant_schedule', args: { value: 1e-3 } }];
    await openPlan(JSON.stringify({ schedules }));
    const document = window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    const source = await sourceOf(document.uri);
    assert.deepEqual(
      source.read.definitions.map(({ name }) => name),
      ['a'],
    );
    assert.equal(workspace.textDocuments.includes(document), true);
  });
});
