import assert from 'node:assert/strict';
import { bindArguments } from '../../../schedules/optax/binding.ts';
import type { RawArguments } from '../../../schedules/optax/binding.ts';
import { findScheduleFunction, unknownFunctionMessage } from '../../../schedules/optax/catalog.ts';
import { cosineDecaySchedule } from '../../../schedules/optax/cosine.ts';
import { adamw, clipByGlobalNorm, lion, sgd } from '../../../schedules/optax/optimizers.ts';
import type { OptaxFunction } from '../../../schedules/optax/optaxFunction.ts';
import { built } from './goldens.ts';

const schedule = (name: string) => findScheduleFunction(name)!;

/** The problems of a call as [code, parameter, message]. */
function problems(f: OptaxFunction, raw: RawArguments) {
  const binding = bindArguments(f, raw);
  assert.ok(!binding.ok, `${f.name} accepts ${JSON.stringify(raw)}`);
  return binding.problems.map(({ code, parameter, message }) => [code, parameter, message]);
}

const constant = built({ function: 'constant_schedule', arguments: { value: 0.1 } });

describe('Binding arguments', () => {
  it('fills in the defaults under camel-case names', () => {
    const binding = bindArguments(cosineDecaySchedule, { init_value: 0.1, decay_steps: 1e4 });
    const expected = { initValue: 0.1, decaySteps: 10_000, alpha: 0, exponent: 1 };
    assert.deepEqual(binding, { ok: true, arguments: expected });
  });

  it('asks whether a similar argument was meant, and does not call that one missing', () => {
    assert.deepEqual(problems(cosineDecaySchedule, { init_value: 0.1, decay_step: 100 }), [
      [
        'unknown-argument',
        'decay_step',
        "cosine_decay_schedule has no argument 'decay_step'; did you mean 'decay_steps'?",
      ],
    ]);
  });

  it('says what to write instead where it is sure of that', () => {
    const fixes = (name: string, raw: RawArguments) => {
      const binding = bindArguments(schedule(name), raw);
      return binding.ok ? [] : binding.problems.map(({ fix }) => fix);
    };
    const cosine = (raw: RawArguments) => fixes('cosine_decay_schedule', raw);
    assert.deepEqual(cosine({ init_value: 1, decay_step: 5 }), [{ name: 'decay_steps' }]);
    assert.deepEqual(cosine({ init_value: 1, decay_steps: '10_000' }), [{ value: 10_000 }]);
    assert.deepEqual(cosine({ init_value: 'fast', decay_steps: '' }), [undefined, undefined]);
    const interpolate = (type: string) =>
      fixes('piecewise_interpolate_schedule', { interpolate_type: type, init_value: 1 });
    assert.deepEqual(interpolate('Linear'), [{ value: 'linear' }]);
    assert.deepEqual(interpolate('cubic'), [undefined]);
    // The name of a cycle's argument is not the name of the list of cycles.
    assert.deepEqual(fixes('sgdr_schedule', { cosine_kwargs: [{ warmup_step: 3 }] })[0], undefined);
  });

  it("recognises another schedule's name for the missing number of steps", () => {
    const [[, , message] = []] = problems(cosineDecaySchedule, {
      init_value: 0.1,
      transition_steps: 100,
    });
    assert.match(message!, /no argument 'transition_steps'; did you mean 'decay_steps'\?/);
  });

  it('lists the arguments where an unknown one is like none of them', () => {
    const raw = { init_value: 0.1, decay_steps: 100, colour: 1 };
    assert.deepEqual(problems(cosineDecaySchedule, raw), [
      [
        'unknown-argument',
        'colour',
        "cosine_decay_schedule has no argument 'colour'; its arguments are init_value, decay_steps, alpha, exponent.",
      ],
    ]);
  });

  it('says what a missing argument is for', () => {
    assert.deepEqual(problems(cosineDecaySchedule, { init_value: 0.1 }), [
      [
        'missing-argument',
        'decay_steps',
        "cosine_decay_schedule needs the argument 'decay_steps': How many steps the decay takes.",
      ],
    ]);
  });

  it('takes a value that is undefined for one that was not given', () => {
    const raw = { init_value: 0.1, decay_steps: 10, alpha: undefined };
    assert.ok(bindArguments(cosineDecaySchedule, raw).ok);
  });

  it('says what a value of the wrong type must be, and what it is', () => {
    const raw = { init_value: '0.1', decay_steps: Infinity, alpha: null, exponent: true };
    assert.deepEqual(
      problems(cosineDecaySchedule, raw).map(([, , message]) => message),
      [
        "init_value of cosine_decay_schedule must be a number, got '0.1'.",
        'decay_steps of cosine_decay_schedule must be a finite number of steps, got inf.',
        'alpha of cosine_decay_schedule must be a number, got None.',
        'exponent of cosine_decay_schedule must be a number, got True.',
      ],
    );
  });

  it('takes None where that is the default, and NaN for a rate', () => {
    const raw = { init_value: NaN, transition_steps: 10, decay_rate: 0.5, end_value: null };
    assert.ok(bindArguments(schedule('exponential_decay'), raw).ok);
  });

  for (const [name, raw, parameter] of [
    [
      'piecewise_interpolate_schedule',
      { interpolate_type: 'cubic', init_value: 1 },
      'interpolate_type',
    ],
    [
      'piecewise_constant_schedule',
      { init_value: 1, boundaries_and_scales: [[1, 2]] },
      'boundaries_and_scales',
    ],
    [
      'piecewise_constant_schedule',
      { init_value: 1, boundaries_and_scales: [{ step: NaN, scale: 1 }] },
      'boundaries_and_scales',
    ],
    [
      'exponential_decay',
      { init_value: 1, transition_steps: 1, decay_rate: 1, staircase: 1 },
      'staircase',
    ],
    ['join_schedules', { schedules: [1], boundaries: [] }, 'schedules'],
    ['join_schedules', { schedules: [constant], boundaries: ['1'] }, 'boundaries'],
    ['join_schedules', { schedules: [constant, constant], boundaries: [NaN] }, 'boundaries'],
    ['sgdr_schedule', { cosine_kwargs: { init_value: 1 } }, 'cosine_kwargs'],
    ['sgdr_schedule', { cosine_kwargs: [1] }, 'cosine_kwargs'],
  ] as const) {
    it(`refuses ${JSON.stringify(raw)} for ${name}`, () => {
      const [[code, at] = [], ...others] = problems(schedule(name), raw);
      assert.deepEqual([code, at, others], ['wrong-type', parameter, []]);
    });
  }

  it('says what Optax would raise and what to write instead', () => {
    assert.deepEqual(problems(cosineDecaySchedule, { init_value: 0.1, decay_steps: -3 }), [
      [
        'refused-by-optax',
        'decay_steps',
        'Optax raises ValueError: decay_steps must be greater than 0, got -3; give the number of steps that the decay takes.',
      ],
    ]);
  });

  it('ignores a negative scale whose step is given again, as a Python dict does', () => {
    const boundaries = [
      { step: 5, scale: -1 },
      { step: 5, scale: 0.5 },
    ];
    const args = { init_value: 1, boundaries_and_scales: boundaries };
    const { schedule } = built({ function: 'piecewise_constant_schedule', arguments: args });
    assert.deepEqual([schedule(4), schedule(5)], [1, 0.5]);
  });

  it('names the cycle in which an argument of sgdr_schedule is wrong', () => {
    const cycle = { init_value: 0, peak_value: 1, warmup_steps: 5, decay_steps: 20 };
    const cycles = [cycle, { ...cycle, warmup_step: 3 }, { ...cycle, decay_steps: 5 }];
    assert.deepEqual(problems(schedule('sgdr_schedule'), { cosine_kwargs: cycles }), [
      [
        'unknown-argument',
        'cosine_kwargs',
        "cosine_kwargs[1]: warmup_cosine_decay_schedule has no argument 'warmup_step'; its arguments are init_value, peak_value, warmup_steps, decay_steps, end_value, exponent.",
      ],
      [
        'refused-by-optax',
        'cosine_kwargs',
        'cosine_kwargs[2]: Optax raises ValueError: decay_steps must be greater than warmup_steps, got 5; give the length of the whole schedule, warm-up included.',
      ],
    ]);
  });

  it('gives an optimizer a number or a schedule as its learning rate', () => {
    for (const rate of [1e-3, constant]) {
      const binding = bindArguments(sgd, { learning_rate: rate, momentum: 0.9 });
      assert.ok(binding.ok);
      assert.equal(binding.arguments.learningRate, rate);
      assert.equal(binding.arguments.nesterov, false);
    }
    assert.deepEqual(problems(lion, { learning_rate: 'fast' }), [
      [
        'wrong-type',
        'learning_rate',
        "learning_rate of lion must be a number or a schedule, got 'fast'.",
      ],
    ]);
  });

  it('knows the arguments of optimizers that it does not support, and takes their default', () => {
    assert.ok(bindArguments(adamw, { learning_rate: 1e-3, mask: null }).ok);
    assert.deepEqual(problems(adamw, { learning_rate: 1e-3, mask: { dense: true } }), [
      [
        'unsupported-argument',
        'mask',
        "Anneal does not support the argument 'mask' of adamw; leave it out.",
      ],
    ]);
  });

  it('binds the limit of clip_by_global_norm', () => {
    const binding = bindArguments(clipByGlobalNorm, { max_norm: 1 });
    assert.deepEqual(binding, { ok: true, arguments: { maxNorm: 1 } });
  });
});

describe('An unknown schedule function', () => {
  for (const [written, meant] of [
    ['cosine_decay', 'cosine_decay_schedule'],
    ['exponential_decay_schedule', 'exponential_decay'],
    ['warmup_cosine_decay_shedule', 'warmup_cosine_decay_schedule'],
    ['linear_one_cycle_schedule', 'linear_onecycle_schedule'],
    ['Constant_Schedule', 'constant_schedule'],
  ] as const) {
    it(`${written} is taken for ${meant}`, () => {
      const message = `Optax has no schedule '${written}'; did you mean '${meant}'?`;
      assert.equal(unknownFunctionMessage(written), message);
    });
  }

  it('that is like none is answered with the list of all', () => {
    const message = unknownFunctionMessage('wsd');
    assert.match(
      message,
      /no schedule 'wsd'; its schedules are constant_schedule, .*join_schedules/,
    );
  });
});
