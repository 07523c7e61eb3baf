import assert from 'node:assert/strict';
import { commands, Range, type InlayHint, type TextDocument } from 'vscode';
import { anneal, file, notebook, rangeOf, set, untitled } from '../documents.ts';

async function hintsOf(document: TextDocument): Promise<readonly InlayHint[]> {
  const whole = new Range(0, 0, document.lineCount, 0);
  return commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole);
}

/** The hints of a document, each with the position that it stands at. */
async function placed(document: TextDocument): Promise<readonly (readonly unknown[])[]> {
  return (await hintsOf(document))
    .toSorted((a, b) => a.position.compareTo(b.position))
    .map(({ label, position }) => [label, document.offsetAt(position)]);
}

describe('Inlay hints', () => {
  before(anneal);

  it('stand before and behind arguments, whatever characters and line ends there are', async () => {
    const document = await untitled(
      'import optax\r\n"""🚀 全角"""; a = optax.cosine_decay_schedule(0.1,\r\n\t100)\r\n',
    );
    const [start, end] = [rangeOf(document, '0.1'), rangeOf(document, '100')];
    assert.deepEqual(await placed(document), [
      ['init_value:', document.offsetAt(start.start)],
      ['decay_steps:', document.offsetAt(end.start)],
      ['→ 0', document.offsetAt(end.end)],
    ]);
  });

  it('stand in cells of a notebook and in files of schedules', async () => {
    const cells = await notebook('import optax', 'a = optax.linear_schedule(0.1, 0.01, 10)');
    assert.equal((await hintsOf(cells.cellAt(1).document)).length, 4);
    const json = await file(
      'hints.schedules.json',
      '{"schedules": [{"name": "a", "function": "linear_schedule", "args": {"init_value": 1, "end_value": 0.5, "transition_steps": 10}}]}',
    );
    assert.deepEqual(await placed(json), [
      ['→ 0.5', json.offsetAt(rangeOf(json, '10}').start) + '10'.length],
    ]);
  });

  it('are not there where the user wants none', async () => {
    const document = await untitled('import optax\na = optax.linear_schedule(0.1, 0, 10)\n');
    await set('inlayHints.enabled', false);
    assert.deepEqual(await hintsOf(document), []);
    await set('inlayHints.enabled', undefined);
    assert.equal((await hintsOf(document)).length, 4);
  });
});
