import assert from 'node:assert/strict';
import { mended, pythonFindings } from './pythonFindings.ts';

/** A program that trains for 10 epochs of 235 steps with a schedule. */
const training = (schedule: string, more = '') => `import optax
epochs = 10
steps_per_epoch = 235
${more}
schedule = optax.${schedule}
optimizer = optax.sgd(learning_rate=schedule)
for epoch in range(epochs):
    for step in range(steps_per_epoch):
        train_step(optimizer)
`;

const told = (text: string) =>
  pythonFindings(text).map(({ code, severity, message }) => [code, severity, message]);

describe('The length of a schedule', () => {
  it('is compared with a training that ends before half of it', () => {
    assert.deepEqual(told(training('cosine_decay_schedule(1e-3, 10_000)')), [
      [
        'training-ends-early',
        'hint',
        'Training ends at step 2350, before half of the 10000 steps of this schedule.',
      ],
    ]);
  });

  it('is compared with a training that goes on for more than twice as long', () => {
    assert.deepEqual(told(training('cosine_decay_schedule(1e-3, 1000)')), [
      [
        'schedule-ends-early',
        'hint',
        'The schedule ends at step 1000, before half of the 2350 steps of the training; the rest has its last rate.',
      ],
    ]);
  });

  it('is not compared where a warm-up is held, the rate falls in stairs or decays for ever', () => {
    for (const schedule of [
      'warmup_constant_schedule(0.0, 1e-3, 100)',
      'piecewise_constant_schedule(1e-3, {500: 0.1, 1000: 0.1})',
      'constant_schedule(1e-3)',
      'cosine_decay_schedule(1e-3, 2350)',
      'cosine_decay_schedule(1e-3, epochs * steps_per_epoch)',
      'exponential_decay(1e-3, 2350, 0.9, transition_begin=500)',
      'warmup_exponential_decay_schedule(0.0, 3e-4, 470, 2350, 0.8, end_value=1e-5)',
      'join_schedules([optax.exponential_decay(1e-3, 9000, 0.9)], [])',
    ])
      assert.deepEqual(told(training(schedule)), []);
  });

  it('is not compared where gradients are accumulated', () => {
    const text = training('cosine_decay_schedule(1e-3, 100)').replace(
      'for epoch',
      'optimizer = optax.MultiSteps(optimizer, 20)\nfor epoch',
    );
    assert.deepEqual(told(text), []);
  });

  it('is not compared where the length of the training is not known', () => {
    const text = training('cosine_decay_schedule(1e-3, 100)').replace('= 235', '= count()');
    assert.deepEqual(told(text), []);
  });

  it('tells of a transition that begins after the training', () => {
    const [finding = assert.fail()] = told(training('linear_schedule(1e-3, 0.0, 100, 2350)'));
    assert.deepEqual(finding, [
      'begins-after-training',
      'warning',
      'transition_begin 2350 lies beyond the 2350 steps of the training: the transition never begins. Give a step before the end.',
    ]);
  });
});

describe('A number of epochs where steps are meant', () => {
  const mistakes: readonly (readonly [schedule: string, message: string, mended: string])[] = [
    [
      'cosine_decay_schedule(1e-3, decay_steps=epochs)',
      'decay_steps is a number of epochs, and a schedule counts optimizer steps: step 10 lies in the first of 10 epochs of 235 steps. Give 2350 steps.',
      'cosine_decay_schedule(1e-3, decay_steps=epochs * 235)',
    ],
    [
      'cosine_onecycle_schedule(10, 1e-3)',
      'transition_steps is a number of epochs, and a schedule counts optimizer steps: step 10 lies in the first of 10 epochs of 235 steps. Give 2350 steps.',
      'cosine_onecycle_schedule(2350, 1e-3)',
    ],
    [
      'warmup_cosine_decay_schedule(0.0, 1e-3, warmup_epochs, 2350)',
      'warmup_steps is a number of epochs, and a schedule counts optimizer steps: step 2 lies in the first of 10 epochs of 235 steps. Give 470 steps.',
      'warmup_cosine_decay_schedule(0.0, 1e-3, warmup_epochs * 235, 2350)',
    ],
    [
      'piecewise_constant_schedule(1e-3, {4: 0.1, 8: 0.1})',
      'The boundaries are epochs, and a schedule counts optimizer steps: step 8 lies in the first of 10 epochs of 235 steps. Multiply them by 235.',
      'piecewise_constant_schedule(1e-3, {940: 0.1, 1880: 0.1})',
    ],
  ];

  for (const [schedule, message, right] of mistakes) {
    it(`is told of, alone, and mended: ${schedule}`, () => {
      const text = training(schedule, 'warmup_epochs = 2');
      const [finding = assert.fail(), ...others] = pythonFindings(text);
      assert.deepEqual(others, []);
      assert.deepEqual([finding.code, finding.message], ['epochs-for-steps', message]);
      const [fix = assert.fail()] = finding.fixes ?? [];
      assert.equal(mended(text, fix), training(right, 'warmup_epochs = 2'));
      assert.deepEqual(told(mended(text, fix)), []);
    });
  }

  it('may be the number of steps by chance, in a warm-up or a period', () => {
    for (const schedule of [
      'warmup_cosine_decay_schedule(0.0, 1e-3, 10, 2350)',
      'exponential_decay(1e-3, 10, 0.99)',
      'piecewise_constant_schedule(1e-3, {100: 0.1, 2000: 0.1})',
    ])
      assert.deepEqual(told(training(schedule)), []);
  });

  /** A program that trains with a schedule over epochs, in these lines. */
  const overEpochs = (schedule: string, ...lines: readonly string[]) =>
    ['import optax', 'epochs = 10', 'steps_per_epoch = 235', `decay = optax.${schedule}`, ...lines]
      .concat('')
      .join('\n');

  it('is right where the text alone asks the schedule for rates, with epochs', () => {
    for (const schedule of [
      'cosine_decay_schedule(1e-3, epochs)',
      'piecewise_constant_schedule(1e-3, {4: 0.1, 8: 0.1})',
    ]) {
      const byStep = [
        'schedule = lambda step: decay(step // steps_per_epoch)',
        'tx = optax.sgd(schedule)',
      ];
      assert.deepEqual(told(overEpochs(schedule, ...byStep)), [], schedule);
      const byEpoch = [
        'tx = optax.inject_hyperparams(optax.sgd)(learning_rate=1e-3)',
        'for epoch in range(epochs):',
        '    lr = decay(epoch)',
        '    train(tx, lr)',
      ];
      assert.deepEqual(told(overEpochs(schedule, ...byEpoch)), [], schedule);
      assert.deepEqual(told(overEpochs(schedule, ...byEpoch.slice(1))), [], schedule);
    }
  });

  it('is told of where an optimizer or a join is given what is drawn as well', () => {
    const drawn = 'rates = [decay(step) for step in range(100)]';
    for (const use of [
      'tx = optax.sgd(decay)',
      'tx = optax.chain(optax.adam(1e-3), optax.scale_by_schedule(decay))',
      'tx = optax.sgd(optax.join_schedules([decay, optax.constant_schedule(0.0)], [2350]))',
    ]) {
      const text = overEpochs('cosine_decay_schedule(1e-3, epochs)', drawn, use);
      assert.ok(
        told(text).some(([code]) => code === 'epochs-for-steps'),
        use,
      );
    }
  });

  it('is right where an epoch is a single step', () => {
    const text = training('cosine_decay_schedule(1e-3, epochs)').replace('= 235', '= 1');
    assert.deepEqual(told(text), []);
  });
});
