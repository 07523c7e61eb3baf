import assert from 'node:assert/strict';
import {
  CodeAction,
  commands,
  workspace,
  type CodeActionKind,
  type Range,
  type TextDocument,
} from 'vscode';
import { CodeActionKind as Kind } from 'vscode';
import { anneal, file, notebook, rangeOf, untitled } from '../documents.ts';

async function actions(
  { uri }: TextDocument,
  range: Range,
  kind?: CodeActionKind,
): Promise<readonly CodeAction[]> {
  return commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind?.value);
}

async function titlesAt(document: TextDocument, text: string): Promise<readonly string[]> {
  return (await actions(document, rangeOf(document, text))).map(({ title }) => title);
}

/** Does what an action says whose title begins so. */
async function apply(document: TextDocument, range: Range, title: string, kind?: CodeActionKind) {
  const offered = await actions(document, range, kind);
  const action = offered.find((one) => one.title.startsWith(title));
  assert.ok(
    action?.edit,
    `${title} is offered, not only ${offered.map((one) => one.title).join()}`,
  );
  assert.ok(await workspace.applyEdit(action.edit));
}

const wholeOf = (document: TextDocument): Range => rangeOf(document, document.getText());

describe('Quick fixes', () => {
  before(anneal);

  it('mend what a finding is about; the first is preferred', async () => {
    const document = await untitled(
      'import optax\na = optax.cosine_decay_schedule(0.1, decay_step=100)\n',
    );
    const range = rangeOf(document, 'decay_step');
    const [fix] = await actions(document, range);
    assert.equal(fix?.isPreferred, true);
    await apply(document, range, "Change to 'decay_steps'");
    assert.match(document.getText(), /\(0\.1, decay_steps=100\)/);
  });

  it('mend all of a kind at once', async () => {
    const line = (name: string, end: string): string =>
      `${name} = optax.cosine_decay_schedule(1e-3, 100, alpha=${end})\r\n`;
    const document = await untitled(
      `import optax\r\n${line('a', '1e-5')}s = "🚀"\r\n${line('b', '1e-4')}`,
    );
    await apply(document, rangeOf(document, '1e-5'), 'Fix all 2 of this kind in this file');
    assert.doesNotMatch(document.getText(), /alpha=1e-[45]/);
  });

  it('ignore a finding by a comment, though not in JSON', async () => {
    const document = await untitled(
      'import optax\na = optax.cosine_decay_schedule(1e-3, 100, alpha=1e-5)\n',
    );
    await apply(document, rangeOf(document, '1e-5'), 'Ignore alpha-as-end-value in this line');
    assert.match(document.getText(), /1e-5\) {2}# anneal: ignore\[alpha-as-end-value\]\n/);
    const json = await file(
      'misspelt.schedules.json',
      `{"schedules": [{"name": "a", "function": "constant_schedule", "args": {"vale": 1}}]}`,
    );
    assert.doesNotMatch((await titlesAt(json, 'vale')).join(), /Ignore/);
  });

  it('are not there where nothing is to be said', async () => {
    const document = await untitled('import optax\na = optax.constant_schedule(0.1)\n');
    assert.deepEqual(await actions(document, wholeOf(document)), []);
    assert.deepEqual(await actions(document, wholeOf(document), Kind.SourceFixAll), []);
  });

  it('mend a cell of a notebook', async () => {
    const document = await notebook(
      'import optax',
      'a = optax.cosine_decay_schedule(0.1, decay_step=100)',
    );
    const cell = document.cellAt(1).document;
    await apply(cell, rangeOf(cell, 'decay_step'), "Change to 'decay_steps'");
    assert.equal(cell.getText(), 'a = optax.cosine_decay_schedule(0.1, decay_steps=100)');
  });
});

describe('The action that fixes all', () => {
  before(anneal);

  it('mends what can be mended in a document, of all kinds', async () => {
    const document = await untitled(`import optax
a = optax.cosine_decay_schedule(0.1, decay_step=100)
b = optax.cosine_decay_schedule(1e-3, 100, alpha=1e-5)
c = optax.cosine_decay_schedule(1e-3, -100)
`);
    await apply(document, wholeOf(document), 'Fix what Anneal can fix', Kind.SourceFixAll);
    assert.match(document.getText(), /decay_steps=100\)\n.*alpha=0\.01\)\n.*-100\)\n$/);
  });
});

describe('The action on a value that is assumed', () => {
  before(anneal);

  const create = `import optax
def create(lr, total_steps):
    return optax.cosine_decay_schedule(lr, total_steps)
`;

  it('offers to set each name that the schedule there rests on', async () => {
    const document = await untitled(create);
    const titles = await titlesAt(document, 'cosine_decay_schedule');
    assert.deepEqual(titles.toSorted(), [
      'Set lr (assumed 0.001)…',
      'Set total_steps (assumed 10000)…',
    ]);
    assert.deepEqual(await titlesAt(document, 'import'), []);
  });

  it('offers it in code that the program does not reach, too', async () => {
    const document = await untitled(`import optax
fast = False
if fast:
    a = optax.cosine_decay_schedule(0.1, rounds_of_work)
`);
    const titles = await titlesAt(document, 'cosine_decay_schedule');
    assert.match(titles.join(), /Set rounds_of_work \(assumed/);
  });
});
