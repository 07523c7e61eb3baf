import assert from 'node:assert/strict';
import {
  commands,
  MarkdownString,
  Range,
  Selection,
  SnippetString,
  TextEdit,
  window,
  workspace,
  WorkspaceEdit,
  type CompletionItem,
  type CompletionList,
  type TextDocument,
} from 'vscode';
import { anneal, file, notebook, rangeOf, set, untitled, until } from '../documents.ts';

/** What is offered after the first occurrence of a text, by this extension or another one. */
async function itemsAfter(
  document: TextDocument,
  text: string,
  { trigger, resolved = 0 }: { trigger?: string; resolved?: number } = {},
): Promise<readonly CompletionItem[]> {
  const list: CompletionList = await commands.executeCommand(
    'vscode.executeCompletionItemProvider',
    document.uri,
    rangeOf(document, text).end,
    trigger,
    resolved,
  );
  return list.items;
}

const labelOf = ({ label }: CompletionItem): string =>
  typeof label === 'string' ? label : label.label;

async function labelsAfter(document: TextDocument, text: string, trigger?: string) {
  const items = await itemsAfter(document, text, trigger === undefined ? {} : { trigger });
  return items.map(labelOf);
}

/** What an item replaces. */
function replaced({ range }: CompletionItem): Range | undefined {
  return range instanceof Range ? range : range?.replacing;
}

const python = 'import optax\ntotal_steps = 2350\nlearning_rate = 3e-4\n';

describe('Completion', () => {
  before(anneal);

  it('offers schedules after the module, as snippets with names of the file', async () => {
    const document = await untitled(`${python}schedule = optax.\n`);
    const items = await itemsAfter(document, 'schedule = optax.', { trigger: '.', resolved: 20 });
    const cosine = items.find((item) => labelOf(item) === 'cosine_decay_schedule');
    assert.ok(cosine?.insertText instanceof SnippetString);
    assert.equal(
      cosine.insertText.value,
      'cosine_decay_schedule(init_value=${1:learning_rate}, decay_steps=${2:total_steps})',
    );
    assert.ok(cosine.documentation instanceof MarkdownString);
    assert.match(cosine.documentation.value, /!\[[^\]]*\]\(data:image\/svg\+xml;base64,/);
    assert.match(cosine.documentation.value, /cosine/);
  });

  it('draws the curve under the value that is looked at', async () => {
    const document = await untitled(
      `${python}schedule = optax.cosine_decay_schedule(0.1, decay_steps=\n`,
    );
    const [item] = await itemsAfter(document, 'decay_steps=', { trigger: '=', resolved: 1 });
    assert.equal(item && labelOf(item), 'total_steps');
    assert.ok(item?.documentation instanceof MarkdownString);
    assert.match(item.documentation.value, /`decay_steps = 2350`/);
    assert.match(item.documentation.value, /data:image\/svg\+xml/);
  });

  it('puts items where they belong, whatever characters, tabs and line ends there are', async () => {
    const document = await untitled(
      `${python}def f():\n\t"""🚀 全角"""; return optax.cosine_decay_schedule(0.1, decay_steps=tot)\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    );
    const [item] = await itemsAfter(document, 'decay_steps=tot');
    assert.ok(item);
    assert.equal(labelOf(item), 'total_steps');
    assert.deepEqual(
      replaced(item),
      rangeOf(document, 'tot)').with(undefined, rangeOf(document, 'decay_steps=tot').end),
    );
  });

  it('knows the names of earlier cells', async () => {
    const cells = await notebook(
      'import optax as ox\nmax_steps = 100',
      'line = ox.linear_schedule(1.0, 0.0, \n',
      'later_steps = 3',
    );
    const labels = await labelsAfter(cells.cellAt(1).document, '0.0, ', ' ');
    assert.ok(labels.includes('max_steps'), labels.join());
    assert.ok(labels.includes('transition_steps=max_steps'), labels.join());
    assert.ok(!labels.some((label) => label.includes('later_steps')), labels.join());
  });

  for (const { what, cells } of [
    {
      what: 'magics and shell commands',
      cells: ['%matplotlib inline\n!pip install -q "optax>=0.2" jax\nimport optax'],
    },
    {
      what: 'a shell command of several lines',
      cells: ['!pip install \\\n  optax \\\n  jax\n%load_ext autoreload\nimport optax\n'],
    },
    { what: 'a magic in a cell of its own', cells: ['%pip install optax', 'import optax'] },
    { what: 'a cell magic', cells: ['%%bash\npip install optax', 'import optax'] },
  ]) {
    it(`is there after \`optax.\` in a notebook that begins with ${what}`, async () => {
      const all = await notebook(...cells, 'total_steps = 100', 'schedule = optax.');
      const last = all.cellAt(all.cellCount - 1).document;
      const labels = await labelsAfter(last, 'optax.', '.');
      assert.ok(labels.includes('cosine_decay_schedule'), labels.join());
    });
  }

  it('is there while a notebook with magics is written cell by cell', async () => {
    const cells = await notebook('%matplotlib inline\n!pip install optax', '');
    const [, second] = cells.getCells();
    assert.ok(second);
    for (const text of ['import optax', 'import optax\n\noptax', 'import optax\n\noptax.']) {
      const edit = new WorkspaceEdit();
      edit.set(second.document.uri, [
        TextEdit.replace(new Range(0, 0, second.document.lineCount, 0), text),
      ]);
      assert.ok(await workspace.applyEdit(edit));
    }
    const labels = await labelsAfter(second.document, '\n\noptax.', '.');
    assert.ok(labels.includes('cosine_decay_schedule'), labels.join());
  });

  it("offers a JSON file's names in quotes", async () => {
    const json = await file(
      'names.schedules.json',
      '{"names": {"total_steps": 10}, "schedules": [{"name": "a", "function": "cosine_decay_schedule", "args": {"init_value": 1, "decay_steps": ""}}]}',
    );
    const items = await itemsAfter(json, '"decay_steps": "', { trigger: '"', resolved: 1 });
    const item = items.find((one) => labelOf(one) === '"total_steps"');
    assert.ok(item);
    assert.equal(json.getText(replaced(item)), '""');
  });

  it('is accepted at several cursors at once', async () => {
    const document = await untitled(
      `${python}a = optax.cosine_decay_schedule(0.1, decay_steps=)\nb = optax.cosine_decay_schedule(0.2, decay_steps=)\n`,
    );
    const editor = window.activeTextEditor;
    assert.equal(editor?.document, document);
    editor.selections = ['0.1, decay_steps=', '0.2, decay_steps='].map((text) => {
      const { end } = rangeOf(document, text);
      return new Selection(end, end);
    });
    await commands.executeCommand('editor.action.triggerSuggest');
    await until(async () => {
      await commands.executeCommand('acceptSelectedSuggestion');
      return document.getText().includes('decay_steps=total_steps');
    }, 'the item is accepted');
    assert.equal(document.getText().split('decay_steps=total_steps)').length, 3);
  });

  it('is silent outside of schedules and where the user wants none', async () => {
    const other = await untitled('print(\nx = other.\n');
    assert.ok(!(await labelsAfter(other, 'print(', '(')).some((label) => label.includes('=')));
    const document = await untitled(`${python}x = optax.linear_schedule(\ny = int(\n`);
    assert.ok((await labelsAfter(document, 'linear_schedule(')).includes('end_value=0.0'));
    assert.ok(!(await labelsAfter(document, 'int(')).includes('end_value=0.0'));
    await set('completion.enabled', false);
    assert.ok(!(await labelsAfter(document, 'linear_schedule(')).includes('end_value=0.0'));
    await set('completion.enabled', undefined);
  });
});
