import assert from 'node:assert/strict';
import {
  commands,
  DiagnosticSeverity,
  languages,
  MarkdownString,
  type CodeLens,
  type CompletionList,
  type Hover,
  type InlayHint,
} from 'vscode';
import { anneal, rangeOf, replace, until, untitled } from '../documents.ts';

/** 5,000 lines of which the last ones define a schedule with an argument that Optax does not have. */
const text = `import optax
${'def step(state, batch):\n    """One step."""\n    loss = state.loss(batch)\n    return loss\n\n'.repeat(999)}
total_steps = 500
lr = optax.cosine_decay_schedule(init_value=1e-3, decay_step=total_steps)
`;

describe('In a file of 5,000 lines', function () {
  this.timeout(60_000);

  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('everything is where it belongs, also after a change at the top', async () => {
    await anneal();
    const document = await untitled(text);
    assert.ok(document.lineCount >= 4999);
    const wrong = rangeOf(document, 'decay_step=');
    await until(
      () =>
        languages
          .getDiagnostics(document.uri)
          .some(({ range }) => range.start.line === wrong.start.line),
      'the finding is there',
    );

    await replace(document, 'import optax\n', '# A comment.\nimport optax\n');
    await replace(document, 'decay_step=', 'decay_steps=');
    await until(
      () =>
        languages
          .getDiagnostics(document.uri)
          .every(({ severity }) => severity !== DiagnosticSeverity.Error),
      'the finding goes when it is mended',
    );
    const at = rangeOf(document, 'decay_steps=').start;
    const [hover] = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const shown = hover?.contents[0];
    assert.ok(shown instanceof MarkdownString);
    assert.match(
      shown.value,
      /data:image\/svg.*decay_steps = 500|decay_steps = 500.*data:image\/svg/s,
    );

    const lenses = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.ok(
      lenses.some(({ range, command }) => {
        return range.start.line === at.line && command?.title.startsWith('500 steps');
      }),
    );
    const hints = await commands.executeCommand<InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      document.lineAt(at.line).range,
    );
    assert.ok(hints.length > 0);
    const { items } = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      rangeOf(document, 'total_steps)').start,
    );
    assert.ok(items.some(({ label }) => label === 'total_steps'));
  });
});
