import assert from 'node:assert/strict';
import { mended, pythonFindings } from './pythonFindings.ts';

const codes = (text: string) => pythonFindings(text).map(({ code }) => code);

const warmup = 'warmup = optax.linear_schedule(0.0, 1e-3, 1000)';
const decay = 'decay = optax.cosine_decay_schedule(1e-3, 10_000)';
const polynomial = 'polynomial = optax.polynomial_schedule(1e-3, 1e-5, 2, 10_000)';
const text = (...lines: readonly string[]) => ['import optax', ...lines, ''].join('\n');

describe('A schedule beside the one that the optimizer is given', () => {
  const mistaken = text(
    decay,
    'optimizer = optax.sgd(learning_rate=decay)',
    polynomial,
    'optimizer = optax.sgd(learning_rate=decay)',
  );

  it('is told of where the optimizer is given what an earlier one was given', () => {
    const [finding = assert.fail(), ...others] = pythonFindings(mistaken);
    assert.deepEqual(others, []);
    assert.equal(finding.severity, 'warning');
    assert.equal(
      finding.message,
      "'polynomial' is defined just before, but the optimizer is given 'decay'. Give it 'polynomial', or delete that.",
    );
    assert.equal(finding.span.from, mistaken.lastIndexOf('decay'));
  });

  it('is given to the optimizer by the fix', () => {
    const [fix = assert.fail()] = pythonFindings(mistaken)[0]?.fixes ?? [];
    const text = mended(mistaken, fix);
    assert.ok(text.endsWith('optax.sgd(learning_rate=polynomial)\n'));
    assert.deepEqual(codes(text), []);
  });

  it('is none where a chain multiplies both', () => {
    const chain = 'tx = optax.chain(optax.adam(warmup), optax.scale_by_schedule(decay))';
    assert.deepEqual(codes(text(warmup, decay, chain)), []);
  });

  it('is told of where it is drawn as well', () => {
    const drawn = mistaken.replace(polynomial, `${polynomial}\nplt.plot(steps, polynomial(steps))`);
    assert.deepEqual(codes(drawn), ['another-schedule-used']);
  });

  it('is told of where nothing else uses it', () => {
    const found = pythonFindings(text(warmup, decay, 'optimizer = optax.sgd(warmup)'));
    assert.deepEqual(
      found.map(({ code, severity, message }) => [code, severity, message]),
      [
        [
          'another-schedule-used',
          'warning',
          "'decay' is defined just before, but the optimizer is given 'warmup'. Give it 'decay', or delete that.",
        ],
      ],
    );
  });
});

describe('A schedule is not called unused', () => {
  for (const [where, lines] of Object.entries({
    'where the text has no optimizer': [warmup, decay],
    'where it is a part of another': [
      warmup,
      decay,
      'both = optax.join_schedules([warmup, decay], [1000])',
      'tx = optax.adam(both)',
    ],
    'where it is given under another name': [
      decay,
      'schedule = decay',
      'tx = optax.adam(schedule)',
    ],
    'where it is exported': ["__all__ = ['warmup']", warmup, decay, 'tx = optax.adam(decay)'],
    'where something unknown is given it': [
      warmup,
      'plot(warmup)',
      decay,
      'tx = optax.adam(decay)',
    ],
    'where it stands in a call that is not known': [
      'train(optax.linear_schedule(0.0, 1e-3, 1000))',
      'tx = optax.adam(1e-3)',
    ],
    'where it is a keyword of such a call': [
      'train(',
      '    schedule=optax.linear_schedule(0.0, 1e-3, 1000)',
      ')',
      'tx = optax.adam(1e-3)',
    ],
    'where the module trains only in functions, so that it may be for others': [
      warmup,
      'def train():',
      '    tx = optax.adam(1e-3)',
    ],
    'where one of several is chosen': [
      "if kind == 'cosine':",
      '    schedule = optax.cosine_decay_schedule(1e-3, 10_000)',
      'else:',
      '    schedule = optax.linear_schedule(1e-3, 0.0, 10_000)',
      'tx = optax.adam(schedule)',
    ],
    'where a dict holds it': [
      'schedules = {"cosine": optax.cosine_decay_schedule(1e-3, 100), "constant": 1e-3}',
      'tx = optax.adam(schedules[name])',
    ],
    'where a factory makes it': [
      'def make_schedule(peak):',
      '    return optax.cosine_decay_schedule(peak, 10_000)',
      'tx = optax.adam(1e-3)',
    ],
    'where every section uses the same name': [
      'schedule = optax.linear_schedule(1e-3, 0.0, 10_000)',
      'tx = optax.sgd(schedule)',
      'schedule = optax.cosine_decay_schedule(1e-3, 10_000)',
      'tx = optax.sgd(schedule)',
    ],
    'where many optimizers are made at the end': [
      warmup,
      decay,
      'a = optax.sgd(warmup)',
      'b = optax.adam(warmup)',
      'c = optax.adam(decay)',
    ],
  })) {
    it(where, () => {
      assert.deepEqual(codes(text(...lines)), []);
    });
  }
});
