import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commands,
  extensions,
  Position,
  window,
  workspace,
  type Event,
  type TextEditor,
} from 'vscode';
import type { AnnealApi } from '../../extension/activate.ts';
import { offsetAt } from '../../extension/sources/source.ts';
import { palettes } from '../../schedules/drawing/palettes.ts';
import { hoverAt } from '../../schedules/language/hover.ts';
import { pythonCompletions } from '../../schedules/language/pythonCompletions.ts';

const lines = 1000;
const keystrokes = 120;
/** Code that has not run often is slow. */
const before = 40;

describe('After a keystroke in a file of 1,000 lines', function () {
  this.timeout(300_000);

  it('there are findings, a hover, completions, and the curve', async function () {
    const extension = extensions.getExtension<AnnealApi>('anneal.anneal');
    assert.ok(extension);
    const { sources, previews } = await extension.activate();
    const editor = await opened(program(extension.extensionPath));
    await commands.executeCommand('anneal.openPreview');
    const [preview] = previews.all;
    assert.ok(preview);
    await preview.inspect();

    const times = { findings: new Times(), hover: new Times(), completions: new Times() };
    const drawn = new Times();
    const { document } = editor;
    const look = { palette: palettes.dark, colorOf: () => 0 };
    for (let i = 0; i < keystrokes + before; i++) {
      const isMeasured = i >= before;
      // A digit comes and goes behind a peak, on which a curve rests.
      const at = document.positionAt(document.getText().indexOf('peak_value=3') + 12);
      let changed = 0;
      const listening = workspace.onDidChangeTextDocument(() => {
        changed ||= performance.now();
      });
      const read = once(sources.onDidRead);
      const onScreen = once(preview.onDidDraw);
      await editor.edit((edit) => {
        if (i % 2 === 0) edit.insert(at, '1');
        else
          edit.delete(
            document.validateRange(document.lineAt(at.line).range.with(at, at.translate(0, 1))),
          );
      });
      times.findings.add((await read) - changed, isMeasured);
      await onScreen;
      const { drawnAt } = await preview.inspect();
      drawn.add(drawnAt - performance.timeOrigin - changed, isMeasured);
      listening.dispose();

      const source = sources.of(document);
      assert.ok(source);
      const call = document.positionAt(
        document.getText().indexOf('warmup_cosine_decay_schedule(') + 3,
      );
      times.hover.measure(
        () => hoverAt(source, offsetAt(source, document, call), look),
        isMeasured,
      );
      const argument = new Position(at.line, at.character - 11);
      times.completions.measure(
        () => pythonCompletions(source.text, source.read, offsetAt(source, document, argument)),
        isMeasured,
      );
    }
    // What Mocha prints is all that comes out of the extension host.
    const test = this.test;
    assert.ok(test);
    test.title = [
      `findings    ${times.findings.summary()}`,
      `hover       ${times.hover.summary()}`,
      `completions ${times.completions.summary()}`,
      `curve       ${drawn.summary()}`,
    ].join('\n      ');
  });
});

/** The example with its 14 schedules, and as much ordinary training code as there is room for. */
function program(root: string): string {
  const example = readFileSync(join(root, 'examples/tutorial.py'), 'utf8');
  const surroundings = readFileSync(join(root, 'bench/ordinary.py'), 'utf8');
  const parts = [example];
  for (let i = 0; parts.join('\n\n').split('\n').length < lines; i++) {
    parts.push(surroundings.replace(/^((?:class|def) \w+)/gm, `$1_${i}`));
  }
  return parts.join('\n\n').split('\n').slice(0, lines).join('\n');
}

async function opened(content: string): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument({ content, language: 'python' }));
}

/** When an event comes next. */
function once(event: Event<unknown>): Promise<number> {
  return new Promise((resolve) => {
    const listening = event(() => {
      listening.dispose();
      resolve(performance.now());
    });
  });
}

/** Milliseconds. */
class Times {
  readonly #all: number[] = [];

  add(time: number, isMeasured: boolean): void {
    if (isMeasured) this.#all.push(time);
  }

  measure(f: () => unknown, isMeasured: boolean): void {
    const start = performance.now();
    f();
    this.add(performance.now() - start, isMeasured);
  }

  summary(): string {
    const sorted = this.#all.toSorted((a, b) => a - b);
    const part = (share: number): string =>
      (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1).padStart(5);
    return `median ${part(0.5)} ms, 95th percentile ${part(0.95)} ms, least ${part(0)} ms`;
  }
}
