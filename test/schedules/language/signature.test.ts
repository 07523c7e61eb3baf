import assert from 'node:assert/strict';
import { signatureAt, type Signature } from '../../../schedules/language/signature.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import { atCursor } from '../../support/cursor.ts';

function at(marked: string): Signature | undefined {
  const { text, offset } = atCursor(`import optax\ntotal_steps = 2350\n${marked}`);
  return signatureAt(text, readSchedules('train.py', text), offset);
}

/** The label of the active parameter. */
function active(marked: string): string | undefined {
  const signature = at(marked);
  const parameter = signature?.parameters[signature.active ?? -1];
  return parameter && signature.label.slice(parameter.from, parameter.to);
}

describe('Signature help', () => {
  it('writes a function as Python does', () => {
    const signature = at('x = optax.warmup_cosine_decay_schedule(|');
    assert.equal(
      signature?.label,
      'warmup_cosine_decay_schedule(init_value, peak_value, warmup_steps, decay_steps, end_value=0.0, exponent=1.0)',
    );
    assert.match(signature.summary, /half a period of a cosine/);
    assert.match(
      at('optax.exponential_decay(|')?.label ?? '',
      /staircase=False, end_value=None\)$/,
    );
  });

  it('marks the argument that is written, by position or name', () => {
    assert.equal(active('optax.cosine_decay_schedule(|'), 'init_value');
    assert.equal(active('optax.cosine_decay_schedule(1, |'), 'decay_steps');
    assert.equal(active('optax.cosine_decay_schedule(alpha=|)'), 'alpha=0.0');
    assert.equal(active('optax.cosine_decay_schedule(alpha=0, |)'), 'init_value');
    assert.equal(active('optax.cosine_decay_schedule(1, 2, 3, 4, |)'), undefined);
    assert.ok(at('optax.cosine_decay_schedule(1, 2, 3, 4, |)'));
  });

  it('tells unit, default, version, what binds an argument, and its value', () => {
    const signature = at(
      'optax.warmup_cosine_decay_schedule(0., 1., 100, total_steps // 2|, exponent=2)',
    );
    const [, , , decaySteps, endValue, exponent] =
      signature?.parameters.map(({ documentation }) => documentation) ?? [];
    assert.match(decaySteps ?? '', /Unit: steps\./);
    assert.match(
      decaySteps ?? '',
      /must be greater than warmup_steps, or Optax raises ValueError\./,
    );
    assert.match(decaySteps ?? '', /Here: `1175`\./);
    assert.match(endValue ?? '', /Unit: learning rate\. Default: `0\.0`\.$/);
    assert.match(exponent ?? '', /Since Optax 0\.1\.5\./);
  });

  it('is silent where a Python language server has to be heard', () => {
    for (const marked of [
      'print(|)',
      'optax.sgd(|)',
      'optax.linear_schedule(int(|))',
      'optax.linear_schedule(1, 2, 3)|',
      'optax.linear_schedule("|")',
      '# optax.linear_schedule(|',
    ])
      assert.equal(at(marked), undefined, marked);
  });
});
