import assert from 'node:assert/strict';
import type { Use } from '../../../../schedules/reading/reading.ts';
import { namesOf, program, rateAt, read } from './readProgram.ts';

const usesOf = (...lines: readonly string[]): readonly Use[] =>
  read(program('decay = optax.cosine_decay_schedule(0.1, 100)', ...lines)).uses;

/** The use of the one run that a chain of these parts is. */
function chained(...parts: readonly string[]): Use {
  const [use = assert.fail('no use'), ...others] = usesOf(
    `tx = optax.chain(${parts.map((part) => `optax.${part}`).join(', ')})`,
  );
  assert.deepEqual(namesOf(others), []);
  return use;
}

const adam = { b1: 0.9, b2: 0.999, eps: 1e-8, eps_root: 0, nesterov: false };

describe('The rate of a chain', () => {
  it('is multiplied by its scales, whose sign only turns the update', () => {
    const byNumber = chained('scale_by_adam()', 'scale_by_schedule(decay)', 'scale(-1e-3)');
    assert.deepEqual([byNumber.name, byNumber.definition], ['decay', 'decay']);
    assert.equal(rateAt(byNumber.learningRate, 50), 5e-5);
    const bySign = chained('scale_by_adam()', 'scale_by_schedule(decay)', 'scale(-1)');
    assert.equal(rateAt(bySign.learningRate, 50), 0.05);
    assert.equal(
      rateAt(chained('scale_by_adam()', 'scale(step_size=-1e-3)').learningRate, 7),
      1e-3,
    );
  });

  it('is one of an optimizer and of what scales its updates', () => {
    const use = chained('adam(1e-3)', 'scale_by_schedule(decay)');
    assert.deepEqual([use.name, use.choice], ['decay', { name: 'adam', args: adam }]);
    assert.equal(rateAt(use.learningRate, 50), 5e-5);
    assert.equal(rateAt(chained('adam(decay)', 'scale(0.5)').learningRate, 0), 0.05);
  });

  it('is the product of two schedules, of which each counts as used', () => {
    const text = ['warm = optax.linear_schedule(0.0, 1.0, 10)'];
    const chain = 'tx = optax.chain(optax.adam(decay), optax.scale_by_schedule(warm))';
    const [use, ...others] = usesOf(...text, chain);
    assert.ok(use);
    assert.deepEqual([others, use.definition, use.factors], [[], 'decay', ['warm']]);
    assert.equal(rateAt(use.learningRate, 0), 0);
    assert.equal(rateAt(use.learningRate, 50), 0.05);
  });

  it('is each that a part may have, with each of the others', () => {
    const uses = usesOf(
      'size = 0.5 if small else 2.0',
      'tx = optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(decay), optax.scale(-size))',
    );
    assert.deepEqual(
      uses.map(({ learningRate }) => rateAt(learningRate, 0)),
      [0.05, 0.2],
    );
  });

  it('rests on what is assumed for a scale', () => {
    const { learningRate, assumptions } = chained(
      'scale_by_adam()',
      'scale_by_schedule(decay)',
      'scale(-config.lr)',
    );
    assert.deepEqual(namesOf(assumptions), ['config.lr']);
    assert.equal(rateAt(learningRate, 0), 1e-4);
  });

  it('is the same in chains within chains, with names or without', () => {
    const inner = 'chain(optax.scale_by_adam(), optax.scale_by_schedule(decay))';
    const named = 'named_chain(("all", optax.' + inner + '), ("size", optax.scale(-0.5)))';
    for (const [use] of [[chained(inner, 'scale(-0.5)')], usesOf(`tx = optax.${named}`)]) {
      assert.equal(use?.choice?.name, 'adam');
      assert.equal(rateAt(use.learningRate, 0), 0.05);
    }
  });
});

describe('A chain is trained as the optimizer that it amounts to', () => {
  const rate = 'scale_by_learning_rate(decay)';
  for (const [parts, choice] of [
    [['scale_by_adam(b2=0.99)', rate], { name: 'adam', args: { ...adam, b2: 0.99 } }],
    [['trace(decay=0.9)', rate], { name: 'sgd', args: { momentum: 0.9, nesterov: false } }],
    [['trace(0.8, nesterov=True)', rate], { name: 'sgd', args: { momentum: 0.8, nesterov: true } }],
    [
      ['clip_by_global_norm(1.0)', 'scale_by_adam()', 'add_decayed_weights(0.1)', rate],
      { name: 'adamw', args: { ...adam, weight_decay: 0.1 } },
    ],
    [
      ['scale_by_adam()', 'add_decayed_weights(weight_decay=0.1)', 'sgd(decay)'],
      { name: 'adamw', args: { ...adam, weight_decay: 0.1 } },
    ],
    [['scale_by_lion()', rate], { name: 'lion', args: { b1: 0.9, b2: 0.99, weight_decay: 0 } }],
    [
      ['scale_by_lion(0.95)', 'add_decayed_weights(0.01)', rate],
      { name: 'lion', args: { b1: 0.95, b2: 0.99, weight_decay: 0.01 } },
    ],
    [['lion(decay)'], { name: 'lion', args: { b1: 0.9, b2: 0.99, weight_decay: 1e-3 } }],
    [
      ['scale_by_rss(0.2)', rate],
      { name: 'adagrad', args: { initial_accumulator_value: 0.2, eps: 1e-7 } },
    ],
    [
      ['scale_by_rms(0.9, 1e-8, 0.0, False, True)', rate],
      {
        name: 'rmsprop',
        args: {
          decay: 0.9,
          eps: 1e-8,
          initial_scale: 0,
          eps_in_sqrt: false,
          centered: false,
          momentum: null,
          nesterov: false,
          bias_correction: true,
        },
      },
    ],
    [
      ['identity()', 'zero_nans()', 'add_decayed_weights(0.0)', 'adam(decay)'],
      { name: 'adam', args: adam },
    ],
    [
      ['clip_by_global_norm(1.0)', 'apply_if_finite(optax.adam(decay), 5)'],
      { name: 'adam', args: adam },
    ],
  ] as const) {
    it(parts.join(', '), () => {
      assert.deepEqual(chained(...parts).choice, choice);
    });
  }

  it('by the part that is chosen, where it may be one or another', () => {
    const uses = usesOf(
      'inner = optax.adam(1e-3) if large else optax.lion(1e-4)',
      'tx = optax.chain(optax.clip_by_global_norm(1.0), inner)',
    );
    assert.deepEqual(
      uses.map(({ choice, clipByGlobalNorm }) => [choice?.name, clipByGlobalNorm]),
      [
        ['adam', 1],
        ['lion', 1],
      ],
    );
  });
});

describe('A chain has no equal among the optimizers', () => {
  for (const parts of [
    ['add_decayed_weights(5e-4)', 'sgd(decay, momentum=0.9)'],
    ['add_decayed_weights(5e-4)', 'scale_by_learning_rate(decay)'],
    ['add_decayed_weights(5e-4)', 'adam(decay)'],
    ['adam(decay)', 'add_decayed_weights(5e-4)'],
    ['scale_by_adam()', 'scale_by_learning_rate(decay)', 'add_decayed_weights(-5e-4)'],
    ['scale_by_adam()', 'add_decayed_weights(0.1, mask=no_bias)', 'scale_by_learning_rate(decay)'],
    ['scale_by_adam()', 'add_decayed_weights(config.decay)', 'scale_by_learning_rate(decay)'],
    ['scale_by_yogi()', 'scale_by_learning_rate(decay)'],
    ['scale_by_adam()', 'scale_by_trust_ratio()', 'scale_by_learning_rate(decay)'],
    ['scale_by_adam()', 'trace(0.9)', 'scale_by_learning_rate(decay)'],
    ['scale_by_learning_rate(decay)', 'trace(0.9)'],
    ['rmsprop(1e-3, momentum=0.9)', 'scale_by_schedule(decay)'],
    ['clip(1.0)', 'adam(decay)'],
    ['adaptive_grad_clip(0.01)', 'sgd(decay)'],
    ['adam(decay)', 'clip_by_global_norm(1.0)'],
    ['masked(optax.add_decayed_weights(1e-4), mask)', 'sgd(decay)'],
    ['adam(decay)', 'keep_my_weights()'],
  ] as const) {
    it(`where it is ${parts.join(', ')}`, () => {
      const { choice, chain } = chained(...parts);
      assert.equal(choice, undefined);
      assert.match(chain ?? '', /^chain\(.+\)$/);
    });
  }

  it('and is told by the names of its parts', () => {
    assert.equal(
      chained('add_decayed_weights(5e-4)', 'sgd(decay, momentum=0.9)').chain,
      'chain(add_decayed_weights, sgd)',
    );
    assert.equal(chained('adam(decay)', 'keep_my_weights()').chain, 'chain(adam, ...)');
  });

  it('where what it is made of is not all known', () => {
    const [use] = usesOf('tx = optax.chain(optax.adam(decay), *more)');
    assert.deepEqual([use?.choice, use?.chain], [undefined, 'chain(adam, ...)']);
  });
});
