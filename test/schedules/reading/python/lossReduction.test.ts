import assert from 'node:assert/strict';
import { lossReduction } from '../../../../schedules/reading/python/lossReduction.ts';

const entropy = 'optax.softmax_cross_entropy_with_integer_labels(logits=logits, labels=labels)';

/** A function with these lines, with another one behind it that counts correct answers. */
const lossFunction = (...lines: readonly string[]): string =>
  [
    'def loss_of(params, logits, labels):',
    ...lines.map((line) => `    ${line}`),
    '',
    'def correct(logits, labels):',
    '    return jnp.sum(jnp.argmax(logits, -1) == labels)',
    '',
  ].join('\n');

describe('The reduction of the losses of a batch', () => {
  for (const [reduction, ...lines] of [
    ['mean', `return ${entropy}.mean()`],
    ['sum', `return ${entropy}.sum()`],
    ['mean', `loss = ${entropy}.mean()`, 'return loss'],
    ['mean', 'return optax.softmax_cross_entropy(logits, jax.nn.one_hot(labels, 10)).mean()'],
    ['mean', 'return optax.softmax_cross_entropy(', '    logits=logits, labels=labels', ').mean()'],
    ['mean', "return optax.softmax_cross_entropy(logits, batch[') (']).mean()  # not .sum()"],
    ['mean', `return jnp.mean(${entropy})`],
    ['mean', `return jnp.mean(jnp.where(mask, ${entropy}, 0.0))`],
    ['mean', `return (${entropy} * weights).mean()`],
    ['mean', `return {'loss': ${entropy}.mean(), 'count': mask.sum()}`],
    [
      'mean',
      'return jax.vmap(lambda l, y: optax.softmax_cross_entropy(l, y))(logits, labels).mean()',
    ],
  ] as const) {
    it(`is the ${reduction} where it is taken at once: ${lines.join(' ')}`, () => {
      assert.equal(lossReduction(lossFunction(...lines)), reduction);
    });
  }

  for (const [reduction, ...lines] of [
    ['mean', `losses = ${entropy}`, 'return losses.mean()'],
    ['mean', `losses = ${entropy}`, 'return jnp.mean(losses)'],
    ['sum', `losses: jax.Array = ${entropy}`, 'return np.sum(losses)'],
    ['mean', `loss = ${entropy}`, 'loss = loss * mask', 'loss = jnp.mean(loss)', 'return loss'],
    ['mean', `losses = ${entropy}`, 'masked = mask * losses', 'return masked.mean()'],
    ['mean', 'if smooth:', `    losses = ${entropy}`, 'return losses.mean()'],
  ] as const) {
    it(`is the ${reduction} that is taken of a name: ${lines.join('; ')}`, () => {
      assert.equal(lossReduction(lossFunction(...lines)), reduction);
    });
  }

  it('is a mean where a sum is divided by what counts', () => {
    assert.equal(lossReduction(lossFunction(`return ${entropy}.sum() / labels.shape[0]`)), 'mean');
    const masked = [`losses = ${entropy}`, 'return jnp.sum(losses * mask) / jnp.sum(mask)'];
    assert.equal(lossReduction(lossFunction(...masked)), 'mean');
  });

  it('is that of the batch, not that of the classes', () => {
    const binary = 'optax.sigmoid_binary_cross_entropy(logits, labels)';
    for (const line of [
      `return ${binary}.sum(axis=-1).mean()`,
      `return ${binary}.sum(-1).mean()`,
      `return jnp.mean(jnp.sum(${binary}, axis=-1))`,
      `return jnp.mean(jnp.sum(${binary}, -1))`,
    ]) {
      assert.equal(lossReduction(lossFunction(line)), 'mean', line);
    }
    assert.equal(lossReduction(lossFunction(`return ${binary}.mean(axis=-1)`)), 'mean');
  });

  it('is not known by what another function, a comment or a text says', () => {
    assert.equal(lossReduction(lossFunction(`return ${entropy}`)), undefined);
    assert.equal(lossReduction(lossFunction(`losses = ${entropy}`, 'return losses')), undefined);
    assert.equal(lossReduction(`# ${entropy}.mean()\n"""${entropy}.mean()"""\n`), undefined);
    const own = 'def softmax_cross_entropy(logits):\n    return jnp.mean(logits)\n';
    assert.equal(lossReduction(own), undefined);
  });

  it('is that of the first cross-entropy of which it is known', () => {
    const unknown = `def one(logits, labels):\n    return ${entropy}\n`;
    assert.equal(lossReduction(unknown + lossFunction(`return ${entropy}.mean()`)), 'mean');
  });

  it('is not known in a text that breaks off', () => {
    assert.equal(lossReduction('loss = optax.softmax_cross_entropy(logits, (labels'), undefined);
    assert.equal(lossReduction('loss = optax.softmax_cross_entropy('), undefined);
  });
});
