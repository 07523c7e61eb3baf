import assert from 'node:assert/strict';
import {
  commands,
  languages,
  MarkdownString,
  SignatureHelp,
  SignatureInformation,
  type TextDocument,
} from 'vscode';
import { anneal, notebook, rangeOf, set, untitled } from '../documents.ts';

/** The help after the first occurrence of a text. */
async function helpAfter(document: TextDocument, text: string): Promise<SignatureHelp | undefined> {
  return commands.executeCommand(
    'vscode.executeSignatureHelpProvider',
    document.uri,
    rangeOf(document, text).end,
    '(',
  );
}

/** The documentation of the parameter that the help marks. */
function active(help: SignatureHelp | undefined): string {
  const documentation = help?.signatures[0]?.parameters[help.activeParameter]?.documentation;
  return documentation instanceof MarkdownString ? documentation.value : '';
}

describe('Signature help', () => {
  before(anneal);

  it('shows the arguments of a schedule and marks the one that is written', async () => {
    const document = await untitled(
      'import optax\r\nif True:\r\n\tx = "🚀全角", optax.cosine_decay_schedule(0.1, decay_steps=2350\r\ny = 1\r\n',
    );
    const help = await helpAfter(document, 'decay_steps=2350');
    assert.equal(
      help?.signatures[0]?.label,
      'cosine_decay_schedule(init_value, decay_steps, alpha=0.0, exponent=1.0)',
    );
    assert.equal(help.activeParameter, 1);
    assert.match(active(help), /Unit: steps\..*must be greater than 0.*Here: `2350`/s);
    assert.equal((await helpAfter(document, 'cosine_decay_schedule('))?.activeParameter, 0);
  });

  it('knows how earlier cells import Optax', async () => {
    const cells = await notebook('from optax import linear_schedule as line', 'x = line(1, ');
    const help = await helpAfter(cells.cellAt(1).document, '1, ');
    assert.match(help?.signatures[0]?.label ?? '', /^linear_schedule\(/);
    assert.equal(help?.activeParameter, 1);
  });

  it('lets other extensions speak everywhere else', async () => {
    // Less particular about languages, so that it is asked last.
    const other = languages.registerSignatureHelpProvider(
      '*',
      {
        provideSignatureHelp: () => {
          const help = new SignatureHelp();
          help.signatures = [new SignatureInformation('other()')];
          return help;
        },
      },
      '(',
    );
    try {
      const document = await untitled(
        'import optax\nx = optax.linear_schedule(int(2), 0)\ny = print(1)\nz = optax.sgd(3)\n',
      );
      for (const text of ['int(', 'print(', 'sgd(']) {
        const help = await helpAfter(document, text);
        assert.equal(help?.signatures[0]?.label, 'other()', text);
      }
      const help = await helpAfter(document, 'int(2), ');
      assert.match(help?.signatures[0]?.label ?? '', /^linear_schedule/);
    } finally {
      other.dispose();
    }
  });

  it('is not there where the user wants none', async () => {
    const document = await untitled('import optax\nx = optax.linear_schedule(\n');
    assert.ok(await helpAfter(document, 'linear_schedule('));
    await set('signatureHelp.enabled', false);
    assert.equal(await helpAfter(document, 'linear_schedule('), undefined);
    await set('signatureHelp.enabled', undefined);
  });
});
