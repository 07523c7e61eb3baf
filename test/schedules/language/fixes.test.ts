import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Fix } from '../../../schedules/checking/finding.ts';
import { editsOfAll } from '../../../schedules/language/fixes.ts';
import { mended, pythonFindings } from '../checking/pythonFindings.ts';

function mendedAll(text: string): string {
  const edits = editsOfAll(pythonFindings(text));
  return mended(text, { title: '', edits: edits.toSorted((a, b) => a.span.from - b.span.from) });
}

const finding = (...fixes: readonly Fix[]) =>
  ({
    code: 'wrong-type',
    severity: 'error',
    message: '',
    span: { from: 0, to: 1 },
    fixes,
  }) as const;

const replacing = (from: number, to: number, text: string): Fix => ({
  title: '',
  edits: [{ span: { from, to }, text }],
});

describe('Fixing all findings at once', () => {
  it('leaves no finding of a kind that can be fixed', () => {
    const text = `import optax
a = optax.cosine_decay_schedule(init_value=1e-3, decay_step=10_000)
b = optax.cosine_decay_schedule(init_value=1e-3, decay_steps=10_000, alpha=1e-5)
optimizers = [optax.sgd(a), optax.sgd(b)]
`;
    assert.deepEqual(
      pythonFindings(text).map(({ code }) => code),
      ['unknown-argument', 'alpha-as-end-value'],
    );
    assert.deepEqual(pythonFindings(mendedAll(text)), []);
  });

  it('takes the first fix of each', () => {
    const edits = editsOfAll([finding(replacing(0, 1, 'a'), replacing(0, 1, 'b'))]);
    assert.deepEqual(
      edits.map(({ text }) => text),
      ['a'],
    );
  });

  it('leaves out a fix that touches an earlier one, whole', () => {
    const both: Fix = {
      title: '',
      edits: [...replacing(4, 5, 'c').edits, ...replacing(20, 21, 'd').edits],
    };
    const edits = editsOfAll([
      finding(replacing(0, 4, 'a')),
      finding(both),
      finding(replacing(30, 31, 'e')),
    ]);
    assert.deepEqual(
      edits.map(({ text }) => text),
      ['a', 'e'],
    );
  });
});
