import assert from 'node:assert/strict';
import { namesOf, program, rateAt, read } from './readProgram.ts';

const usesIn = (...lines: readonly string[]) => read(program(...lines)).uses;
const onlyUse = (...lines: readonly string[]) => {
  const [use = assert.fail('no use'), ...others] = usesIn(...lines);
  assert.deepEqual(namesOf(others), []);
  return use;
};

const decay = 'decay = optax.cosine_decay_schedule(0.1, 100)';

describe('The use of an optimizer', () => {
  it('has the name of the schedule that it is given', () => {
    const { name, definition, optimizer, learningRate } = onlyUse(decay, 'tx = optax.adam(decay)');
    assert.deepEqual([name, definition, optimizer], ['decay', 'decay', 'adam']);
    assert.equal(rateAt(learningRate, 50), 0.05);
  });

  it('has its own name where it is given a number', () => {
    const { name, definition, learningRate } = onlyUse('tx = optax.sgd(learning_rate=1e-4)');
    assert.deepEqual([name, definition], ['tx', undefined]);
    assert.equal(rateAt(learningRate, 12345), 1e-4);
  });

  it('has the name of its attribute, its factory or its function, where it has no variable', () => {
    const text = [
      'def make_optimizer():',
      '    return optax.adam(0.1)',
      'class Trainer:',
      '    def __init__(self):',
      '        self.tx = optax.adam(0.2)',
      'trainer = Trainer()',
      'train(optax.lion(0.3))',
    ];
    assert.deepEqual(
      usesIn(...text)
        .map(({ name, learningRate }) => [name, rateAt(learningRate, 0)])
        .toSorted(),
      [
        ['lion', 0.3],
        ['make_optimizer', 0.1],
        ['self.tx', 0.2],
      ],
    );
  });

  it('is one of several of the same schedule, or of the same name', () => {
    const text = [decay, 'a = optax.adam(decay)', 'b = optax.sgd(decay)', 'c = optax.sgd(0.1)'];
    assert.deepEqual(
      usesIn(...text, 'c = optax.sgd(0.2)').map(({ name, optimizer }) => [name, optimizer]),
      [
        ['decay', 'adam'],
        ['decay#2', 'sgd'],
        ['c', 'sgd'],
        ['c#2', 'sgd'],
      ],
    );
  });

  it('is one for each rate that it may be given', () => {
    const uses = usesIn('lr = 0.1 if large else 0.2', 'tx = optax.adam(lr)');
    assert.deepEqual(
      uses.map(({ name, learningRate }) => [name, rateAt(learningRate, 0)]),
      [
        ['tx', 0.1],
        ['tx#2', 0.2],
      ],
    );
  });

  for (const [how, line, optimizer] of [
    ['in a chain', 'tx = optax.chain(optax.clip(1.0), optax.adam(decay))', 'adam'],
    [
      'as the end of a chain',
      'tx = optax.chain(optax.scale_by_adam(), optax.scale_by_learning_rate(decay))',
      'scale_by_learning_rate',
    ],
    [
      'as a scale by schedule',
      'tx = optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(decay), optax.scale(-1.0))',
      'scale_by_schedule',
    ],
    [
      'with injected hyperparameters',
      'tx = optax.inject_hyperparams(optax.adamw)(learning_rate=decay, weight_decay=0.1)',
      'adamw',
    ],
    ['with accumulated gradients', 'tx = optax.MultiSteps(optax.sgd(decay), 4)', 'sgd'],
    ['masked', 'tx = optax.masked(optax.lamb(decay), mask)', 'lamb'],
    [
      "as Flax's nnx.Optimizer",
      'from flax import nnx\nopt = nnx.Optimizer(model, optax.adam(decay), wrt=nnx.Param)',
      'adam',
    ],
    [
      "as Flax's TrainState",
      'from flax.training.train_state import TrainState\n' +
        'state = TrainState.create(apply_fn=model.apply, params=params, tx=optax.rmsprop(decay))',
      'rmsprop',
    ],
    [
      'by partial',
      'from functools import partial\ntx = partial(optax.adam, b1=0.8)(decay)',
      'adam',
    ],
    ['by a name of its own', 'make = optax.adamw\ntx = make(decay)', 'adamw'],
    [
      'from a dict of optimizers',
      'tx = {"adam": optax.adam, "sgd": optax.sgd}["sgd"](decay)',
      'sgd',
    ],
    ['that is imported by name', 'from optax import adabelief\ntx = adabelief(decay)', 'adabelief'],
    ['that a comparison has not', 'tx = optax.adafactor(decay)', 'adafactor'],
  ] as const) {
    it(`${how} is seen`, () => {
      const use = onlyUse(decay, ...line.split('\n'));
      assert.deepEqual([use.name, use.definition, use.optimizer], ['decay', 'decay', optimizer]);
      assert.equal(rateAt(use.learningRate, 50), 0.05);
    });
  }

  it('is each of several in one transformation', () => {
    const uses = usesIn(
      'tx = optax.multi_transform({"a": optax.adam(1e-3), "b": optax.sgd(1e-2)}, labels)',
    );
    assert.deepEqual(
      uses.map(({ name, optimizer, learningRate }) => [name, optimizer, rateAt(learningRate, 0)]),
      [
        ['tx', 'adam', 1e-3],
        ['tx#2', 'sgd', 1e-2],
      ],
    );
  });

  for (const [what, line, leftOut] of [
    ['what accumulates gradients', 'optax.MultiSteps(optax.adam(decay), 4)', ['MultiSteps']],
    ['what looks ahead', 'optax.lookahead(optax.adam(decay), 5, 0.5)', ['lookahead']],
    ['which weights are trained', 'optax.masked(optax.adam(decay), mask)', ['masked']],
    ['which weights decay', 'optax.adamw(decay, mask=decays)', ['mask']],
    [
      'which weights decay, beside its schedule',
      'optax.chain(optax.adamw(1e-3, mask=m), optax.scale_by_schedule(decay))',
      ['mask'],
    ],
    [
      'which weights decay, given by its place',
      'optax.adamw(decay, 0.9, 0.999, 1e-8, 0.0, None, 1e-4, m)',
      ['mask'],
    ],
    [
      'each of several',
      'optax.MultiSteps(optax.masked(optax.chain(optax.clip_by_global_norm(1), optax.adamw(decay, mask=m)), m), 4)',
      ['mask', 'masked', 'MultiSteps'],
    ],
    [
      'nothing where all of it is trained',
      'optax.flatten(optax.adamw(decay, mask=None))',
      undefined,
    ],
  ] as const) {
    it(`says that a comparison leaves out ${what}`, () => {
      assert.deepEqual(onlyUse(decay, `tx = ${line}`).leftOut, leftOut);
    });
  }

  it('is none where a schedule is only drawn', () => {
    assert.deepEqual(usesIn(decay, 'plt.plot([decay(step) for step in range(100)])'), []);
  });
});

describe('What a comparison trains with', () => {
  const choiceOf = (...lines: readonly string[]) => onlyUse(...lines).choice;

  it("has Optax's defaults and what the call gives, by position or by name", () => {
    assert.deepEqual(choiceOf('tx = optax.sgd(0.1)'), {
      name: 'sgd',
      args: { momentum: null, nesterov: false },
    });
    assert.deepEqual(choiceOf('tx = optax.sgd(0.1, 0.9, nesterov=True)'), {
      name: 'sgd',
      args: { momentum: 0.9, nesterov: true },
    });
    const adamw = choiceOf('decay = 1 / 8', 'tx = optax.adamw(0.1, b2=0.5, weight_decay=decay)');
    assert.equal(adamw?.name, 'adamw');
    assert.deepEqual(adamw.args, {
      b1: 0.9,
      b2: 0.5,
      eps: 1e-8,
      eps_root: 0,
      weight_decay: 0.125,
      nesterov: false,
    });
  });

  it('has what injected hyperparameters give', () => {
    const choice = choiceOf('tx = optax.inject_hyperparams(optax.sgd)(0.1, momentum=0.5)');
    assert.deepEqual(choice, { name: 'sgd', args: { momentum: 0.5, nesterov: false } });
  });

  it('clips gradients where the chain does', () => {
    const { clipByGlobalNorm, choice } = onlyUse(
      'tx = optax.chain(optax.clip_by_global_norm(2.0), optax.adam(0.1))',
    );
    assert.deepEqual([clipByGlobalNorm, choice?.name], [2, 'adam']);
    const byName = 'optax.clip_by_global_norm(max_norm=0.5)';
    assert.equal(onlyUse(`tx = optax.chain(${byName}, optax.adam(0.1))`).clipByGlobalNorm, 0.5);
    assert.equal(onlyUse('tx = optax.chain(optax.adam(0.1))').clipByGlobalNorm, undefined);
  });

  it('is left open where it has not the optimizer', () => {
    assert.equal(choiceOf('tx = optax.adafactor(0.1)'), undefined);
  });
});

describe('The training of a text', () => {
  const trainingOf = (...lines: readonly string[]) => read(program(...lines)).training;

  it('is known by the names of its counts', () => {
    assert.deepEqual(
      trainingOf('num_epochs = 5', 'batch_size = 64', 'steps_per_epoch = 50_000 // batch_size'),
      { epochs: 5, batchSize: 64, stepsPerEpoch: 781 },
    );
    assert.deepEqual(trainingOf('EPOCHS = 3', 'BATCH_SIZE = 32'), { epochs: 3, batchSize: 32 });
    assert.deepEqual(trainingOf('def train(epochs=7, batch_size=16):', '    return optax.sgd(1)'), {
      epochs: 7,
      batchSize: 16,
    });
  });

  it('is not known by what is only assumed, or no count', () => {
    assert.deepEqual(
      trainingOf('s = optax.cosine_decay_schedule(0.1, epochs * batch_size)', 'num_epochs = 0'),
      {},
    );
  });

  for (const [reduction, loss] of [
    ['sum', 'optax.softmax_cross_entropy(logits, labels).sum()'],
    ['mean', 'optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()'],
    ['sum', 'jnp.sum(optax.softmax_cross_entropy(logits=logits, labels=labels))'],
    ['mean', 'jnp.mean(optax.softmax_cross_entropy(logits, labels))'],
    ['mean', 'jnp.mean(\n        optax.losses.softmax_cross_entropy(logits, labels)\n    )'],
    ['mean', 'np.average(optax.sigmoid_binary_cross_entropy(logits, labels))'],
  ] as const) {
    it(`takes the ${reduction} of the losses of a batch: ${loss.replace(/\s+/g, ' ')}`, () => {
      const text = ['def loss_of(logits, labels):', `    return ${loss}`];
      assert.deepEqual(trainingOf(...text), { lossReduction: reduction });
    });
  }

  it('takes the mean of losses that have a name in between', () => {
    const text = [
      'def loss_of(logits, labels):',
      '    losses = optax.softmax_cross_entropy(logits, labels)',
      '    return jnp.mean(losses)',
    ];
    assert.deepEqual(trainingOf(...text), { lossReduction: 'mean' });
  });
});

describe('A chain of transformations', () => {
  it('is trained as the optimizer that it amounts to', () => {
    const { choice } = onlyUse(
      decay,
      'tx = optax.chain(optax.scale_by_adam(b1=0.8), optax.scale_by_learning_rate(decay))',
    );
    assert.equal(choice?.name, 'adam');
    assert.equal(choice.args['b1'], 0.8);
    assert.equal(choice.args['b2'], 0.999);
  });

  it('goes down where it is given a negated schedule', () => {
    const { learningRate, choice } = onlyUse(
      decay,
      'tx = optax.chain(optax.scale_by_schedule(lambda step: -decay(step)))',
    );
    assert.equal(choice?.name, 'sgd');
    assert.equal(rateAt(learningRate, 50), 0.05);
  });

  it('has no equal among the optimizers where one of its parts has none', () => {
    const { choice } = onlyUse(
      decay,
      'tx = optax.chain(optax.scale_by_yogi(), optax.scale_by_learning_rate(decay))',
    );
    assert.equal(choice, undefined);
  });
});
