import assert from 'node:assert/strict';
import { checkReading } from '../../../schedules/checking/check.ts';
import type { Finding } from '../../../schedules/checking/finding.ts';
import type { RawArguments } from '../../../schedules/optax/binding.ts';
import { readSchedulesJson } from '../../../schedules/reading/json/reader.ts';
import { built } from '../optax/goldens.ts';
import { pythonFindings } from './pythonFindings.ts';

interface Call {
  readonly function: string;
  readonly args: RawArguments;
}

const call = (name: string, args: RawArguments): Call => ({ function: name, args });

/** A file of one schedule. */
const textOf = (schedule: Call) => JSON.stringify({ schedules: [{ name: 'lr', ...schedule }] });

/** What is said of a schedule, apart from rates that are not finite. */
function findingsOf(schedule: Call): readonly Finding[] {
  const text = textOf(schedule);
  const reading = readSchedulesJson(text);
  assert.deepEqual(reading.findings, []);
  return checkReading(reading, text).filter(({ code }) => code !== 'non-finite-rate');
}

const linear = (args: RawArguments) =>
  call('linear_schedule', { init_value: 0, end_value: 1e-3, transition_steps: 1000, ...args });
const polynomial = (args: RawArguments) =>
  call('polynomial_schedule', {
    init_value: 1e-3,
    end_value: 1e-5,
    power: 1,
    transition_steps: 10_000,
    ...args,
  });
const exponential = (args: RawArguments) =>
  call('exponential_decay', {
    init_value: 1e-3,
    transition_steps: 1000,
    decay_rate: 0.5,
    ...args,
  });
const cosine = (args: RawArguments) =>
  call('cosine_decay_schedule', { init_value: 1e-3, decay_steps: 10_000, ...args });
const piecewise = (args: RawArguments) =>
  call('piecewise_constant_schedule', { init_value: 1e-3, ...args });
const interpolated = (args: RawArguments) =>
  call('piecewise_interpolate_schedule', {
    interpolate_type: 'linear',
    init_value: 1e-3,
    ...args,
  });
const linearCycle = (args: RawArguments) =>
  call('linear_onecycle_schedule', { transition_steps: 10_000, peak_value: 1e-3, ...args });
const cosineCycle = (args: RawArguments) =>
  call('cosine_onecycle_schedule', { transition_steps: 10_000, peak_value: 1e-3, ...args });
const warmupConstant = (args: RawArguments) =>
  call('warmup_constant_schedule', {
    init_value: 1e-5,
    peak_value: 1e-3,
    warmup_steps: 1000,
    ...args,
  });
const warmupCosineArguments = {
  init_value: 0,
  peak_value: 1e-3,
  warmup_steps: 1000,
  decay_steps: 10_000,
};
const warmupCosine = (args: RawArguments) =>
  call('warmup_cosine_decay_schedule', { ...warmupCosineArguments, ...args });
const warmupExponential = (args: RawArguments) =>
  call('warmup_exponential_decay_schedule', {
    init_value: 0,
    peak_value: 1e-3,
    warmup_steps: 1000,
    transition_steps: 1000,
    decay_rate: 0.9,
    ...args,
  });
const sgdr = (...cycles: readonly RawArguments[]) =>
  call('sgdr_schedule', {
    cosine_kwargs: cycles.map((cycle) => ({ ...warmupCosineArguments, ...cycle })),
  });
const join = (count: number, boundaries: readonly number[]) =>
  call('join_schedules', {
    schedules: [linear({}), call('constant_schedule', { value: 1e-3 }), cosine({})].slice(0, count),
    boundaries,
  });

const traps: readonly (readonly [Call, code: string, message: string])[] = [
  [
    cosineCycle({ transition_steps: 3 }),
    'one-cycle-phases',
    'int(0.3 * 3) is 0, so there is no rise: the rate begins at the peak 0.001. Give more transition_steps or a greater pct_start.',
  ],
  [
    cosineCycle({ pct_start: 1 }),
    'one-cycle-phases',
    "The rise ends with the cycle at step 10000, and only the cycle's end counts: the rate never reaches the peak 0.001. Give a pct_start below 1.",
  ],
  [
    linearCycle({ transition_steps: 1 }),
    'one-cycle-phases',
    'Rise and fall both end at step 0, and only the fall counts: the rate never reaches the peak 0.001. Give more transition_steps.',
  ],
  [
    linearCycle({ pct_start: 0.5, pct_final: 0.5 }),
    'one-cycle-phases',
    'Rise and fall both end at step 5000, and only the fall counts: the rate never reaches the peak 0.001. Give a pct_final above pct_start.',
  ],
  [
    linearCycle({ pct_start: 0.7, pct_final: 0.3 }),
    'one-cycle-phases',
    'The fall ends at step 3000, before the rise does at step 7000: the rate never exceeds 4e-5 and never reaches the peak 0.001. Give a pct_final above pct_start.',
  ],
  [
    linearCycle({ pct_final: 1 }),
    'one-cycle-phases',
    "The fall ends with the cycle at step 10000, and only the cycle's end counts: the last rate is 1e-7 instead of 4e-9. Give a pct_final below 1.",
  ],
  [
    cosineCycle({ pct_start: 30 }),
    'one-cycle-phases',
    'pct_start is a fraction of the cycle: 30 lies beyond its end. Write 0.3.',
  ],
  [
    join(3, [5000, 1000]),
    'unsorted-boundaries',
    'The boundaries are out of order: from step 1000 on schedules[2] is in force, so schedules[1] never is. Give them in ascending order.',
  ],
  [
    join(3, [1000]),
    'too-few-boundaries',
    'There are 3 schedules and 1 boundary: the last schedule is never used. Give 2 boundaries.',
  ],
  [
    join(2, [1000, 5000]),
    'too-many-boundaries',
    'There are 2 schedules and 2 boundaries: the last one is ignored. Give 1 boundary.',
  ],
  [
    join(3, [1000, 1000]),
    'duplicate-boundaries',
    'The boundary 1000 is there twice, so schedules[1] lasts no step. Give ascending boundaries.',
  ],
  [
    join(2, [-10]),
    'negative-boundary',
    'The boundary -10 is below 0: at step 0 schedules[1] is 10 steps old. Give 0 or more.',
  ],
  [
    cosine({ alpha: 1e-5 }),
    'alpha-as-end-value',
    'alpha is a fraction of init_value, not a rate: this decays to 1e-8. To end at 1e-5, write alpha=0.01.',
  ],
  [
    cosine({ alpha: 1.5 }),
    'alpha-out-of-range',
    'alpha is a fraction of init_value: with 1.5 the rate rises from 0.001 to 0.0015. Give a fraction from 0 to 1.',
  ],
  [
    cosine({ alpha: -0.5 }),
    'alpha-out-of-range',
    'alpha is a fraction of init_value: with -0.5 the rate falls from 0.001 to -5e-4. Give a fraction from 0 to 1.',
  ],
  [
    cosine({ exponent: 0 }),
    'exponent-not-positive',
    'With an exponent of 0 the rate never decays. Give a number above 0.',
  ],
  [
    exponential({ end_value: 1e-2 }),
    'end-value-from-start',
    'With a decay_rate of 0.5 end_value is the lower bound, and init_value 0.001 lies below it: the rate is 0.01 from step 0 on. Give an end_value below init_value.',
  ],
  [
    exponential({ decay_rate: 2, end_value: 1e-4 }),
    'end-value-from-start',
    'With a decay_rate of 2 end_value is the upper bound, and init_value 0.001 lies above it: the rate is 1e-4 from step 0 on. Give an end_value above init_value.',
  ],
  [
    warmupExponential({ end_value: 2e-3 }),
    'end-value-jump',
    'end_value bounds the decay and not the warm-up: at step 1000 the rate jumps from peak_value 0.001 to 0.002 and stays there. Give an end_value below peak_value.',
  ],
  [
    exponential({ decay_rate: 1.5 }),
    'growing-decay',
    'With a decay_rate of 1.5 the rate grows by that factor every 1000 steps, without limit. Give a factor below 1, or an end_value as the upper bound.',
  ],
  [
    warmupExponential({ decay_rate: 0 }),
    'zero-decay-rate',
    'With a decay_rate of 0 Optax does not decay: the rate stays at peak_value for ever. Give a factor between 0 and 1.',
  ],
  [
    exponential({ decay_rate: -0.5 }),
    'negative-decay-rate',
    'With a decay_rate of -0.5 the rate is nan as soon as it decays. Give a factor between 0 and 1.',
  ],
  [
    exponential({ decay_rate: -0.5, staircase: true }),
    'negative-decay-rate',
    'With a decay_rate of -0.5 the rate changes its sign every 1000 steps. Give a factor between 0 and 1.',
  ],
  [
    exponential({ transition_steps: 0 }),
    'empty-transition',
    'With transition_steps of 0 the rate stays at init_value for ever. Give the number of steps in which it is multiplied by decay_rate.',
  ],
  [
    linear({ transition_steps: 0 }),
    'empty-transition',
    'With transition_steps of 0 the rate stays at init_value 0 for ever and never becomes 0.001. Give at least 1 step.',
  ],
  [
    polynomial({ power: 0 }),
    'exponent-not-positive',
    'With a power of 0 the rate stays at init_value 0.001 for ever. Give a number above 0; 1 is a straight line.',
  ],
  [
    polynomial({ power: -1 }),
    'exponent-not-positive',
    'With a power of -1 the rate grows to infinity within 10000 steps. Give a number above 0; 1 is a straight line.',
  ],
  [
    warmupConstant({ warmup_steps: 0 }),
    'empty-warmup',
    'With warmup_steps of 0 the rate stays at init_value 1e-5 for ever and never reaches peak_value 0.001. Give at least 1 step, or use constant_schedule.',
  ],
  [
    warmupCosine({ warmup_steps: -1000 }),
    'negative-warmup',
    'With warmup_steps of -1000 there is no warm-up, and at step 0 the decay is 1000 steps old. Give 0 or more.',
  ],
  [
    warmupCosine({ peak_value: 0, init_value: 1e-3, end_value: 1e-4 }),
    'ignored-end-value',
    'With a peak_value of 0 Optax ignores end_value: the rate is 0 from the end of the warm-up on, not 1e-4. Give a peak_value above 0.',
  ],
  [
    warmupCosine({ end_value: 0.1 }),
    'end-value-above-peak',
    'end_value is a rate, not a fraction: the "decay" rises from peak_value 0.001 to 0.1. Give an end_value below peak_value.',
  ],
  [
    interpolated({ boundaries_and_scales: { 0: 0.5, 5000: 0.1 } }),
    'boundary-at-start',
    'The boundary 0 is reached at once: the rate begins at 5e-4, and not at init_value 0.001. Give boundaries above 0.',
  ],
  [
    piecewise({ boundaries_and_scales: { 5000: 1e-4, 8000: 1e-5 } }),
    'rates-as-scales',
    'The scales are factors that multiply up, not rates: the rate ends at 1e-12. To end at 1e-5, write {5000: 0.1, 8000: 0.1}.',
  ],
  [
    piecewise({ init_value: 0.1, boundaries_and_scales: { 100: 0.01, 200: 0.001 } }),
    'rates-as-scales',
    'The scales are factors that multiply up, not rates: the rate ends at 1e-6. To end at 0.001, write {100: 0.1, 200: 0.1}.',
  ],
  [
    sgdr({ end_value: 1e-5 }, { init_value: 5e-4 }),
    'restart-jump',
    'cosine_kwargs[1]: At step 10000 the rate jumps from 1e-5 to 5e-4 before it warms up. Give the end_value of the cycle before as init_value if that is not meant.',
  ],
  [
    sgdr({}, { warmup_steps: -5 }),
    'negative-warmup',
    'cosine_kwargs[1]: With warmup_steps of -5 there is no warm-up, and at step 0 the decay is 5 steps old. Give 0 or more.',
  ],
];

const rightSchedules: readonly Call[] = [
  linear({}),
  linear({ init_value: 1e-3, end_value: 1e-3, transition_steps: 0 }),
  polynomial({ power: 0.5, transition_begin: 500 }),
  exponential({ end_value: 1e-5, staircase: true }),
  exponential({ init_value: 1e-2, end_value: 1e-2 }),
  // A search for the best rate goes up, to a limit.
  exponential({ init_value: 1e-7, decay_rate: 10, end_value: 1 }),
  cosine({}),
  cosine({ alpha: 0.01 }),
  cosine({ alpha: 1 }),
  cosine({ alpha: 1e-3, exponent: 2 }),
  cosine({ init_value: 0.1, alpha: 1e-4 }),
  // A schedule of factors.
  cosine({ init_value: 1, alpha: 1e-5 }),
  piecewise({ boundaries_and_scales: { 5000: 0.1, 8000: 0.1 } }),
  piecewise({ init_value: 0.1, boundaries_and_scales: { 5000: 0.01 } }),
  piecewise({ init_value: 1, boundaries_and_scales: { 30: 0.1, 60: 0.01, 80: 0.001 } }),
  piecewise({ boundaries_and_scales: { 0: 1, 8000: 0.1 } }),
  // The first rate is written as a scale of 1.
  piecewise({ init_value: 1, boundaries_and_scales: { 0: 1e-4, 100: 0.1 } }),
  piecewise({ boundaries_and_scales: { 500: 10, 8000: 0 } }),
  piecewise({}),
  interpolated({ init_value: 1e-6, boundaries_and_scales: { 500: 1000, 8000: 0.001 } }),
  linearCycle({}),
  linearCycle({ transition_steps: 4 }),
  cosineCycle({ transition_steps: 4 }),
  // No rise, and said so.
  cosineCycle({ pct_start: 0 }),
  warmupConstant({}),
  warmupConstant({ warmup_steps: 0, init_value: 1e-3 }),
  warmupCosine({}),
  warmupCosine({ warmup_steps: 0 }),
  warmupCosine({ end_value: 1e-3 }),
  warmupCosine({ peak_value: 0 }),
  warmupExponential({ end_value: 1e-5 }),
  warmupExponential({ end_value: 1e-3 }),
  sgdr({}, {}, { peak_value: 5e-4 }),
  // A warm restart without warm-up jumps to its peak, as it should.
  sgdr({ end_value: 1e-5 }, { warmup_steps: 0, init_value: 5e-4 }),
  join(2, [1000]),
  join(3, [1000, 5000]),
  // A warm-up that is switched off is never seen.
  call('join_schedules', {
    schedules: [linear({ transition_steps: 0 }), cosine({})],
    boundaries: [0],
  }),
];

describe('A schedule that Optax accepts and nobody means', () => {
  for (const [schedule, code, message] of traps) {
    it(`is told of: ${code} in ${JSON.stringify(schedule)}`, () => {
      assert.deepEqual(
        findingsOf(schedule).map((finding) => [finding.code, finding.message]),
        [[code, message]],
      );
    });
  }

  it('is told of where the argument stands', () => {
    const schedule = cosine({ alpha: 1.5 });
    const [{ span } = assert.fail()] = findingsOf(schedule);
    assert.equal(textOf(schedule).slice(span.from, span.to), '1.5');
  });

  it('is told of by the whole call where no argument at fault is written', () => {
    const schedule = cosineCycle({ transition_steps: 3 });
    const [{ span } = assert.fail()] = findingsOf(schedule);
    assert.equal(textOf(schedule).slice(span.from, span.to), '3');
  });

  it('grows without limit only where no boundary of a join ends it', () => {
    const warmup = 'optax.exponential_decay(1e-5, 100, 1.1)';
    const hold = 'optax.constant_schedule(1e-3)';
    const codes = (schedule: string) =>
      pythonFindings(`import optax\nschedule = ${schedule}\n`).map(({ code }) => code);
    const join = (parts: string, boundaries: string) =>
      `optax.join_schedules([${parts}], [${boundaries}])`;
    const last = join(`${hold}, ${warmup}`, '500');
    for (const schedule of [
      join(`${warmup}, ${hold}`, '500'),
      join(`${hold}, ${warmup}, ${hold}`, '100, 500'),
      join(`${last}, ${hold}`, '900'),
    ])
      assert.deepEqual(codes(schedule), [], schedule);
    for (const schedule of [last, warmup, join(`${hold}, ${last}`, '100')])
      assert.deepEqual(codes(schedule), ['growing-decay'], schedule);
  });

  it('is told of within a join', () => {
    const schedules = [linear({}), cosine({ alpha: 2 })];
    const [finding] = findingsOf(call('join_schedules', { schedules, boundaries: [1000] }));
    assert.equal(finding?.code, 'alpha-out-of-range');
  });
});

describe('What a finding claims is what the schedule does:', () => {
  const rates = ({ function: name, args }: Call, steps: readonly number[]) => {
    const { schedule } = built({ function: name, arguments: args });
    return steps.map(schedule);
  };
  const everyStep = Array.from({ length: 10_001 }, (_, step) => step);

  it('one-cycles whose phases collide never reach their peak', () => {
    for (const cycle of [
      cosineCycle({ pct_start: 1 }),
      cosineCycle({ pct_start: 30 }),
      linearCycle({ transition_steps: 1 }),
      linearCycle({ pct_start: 0.5, pct_final: 0.5 }),
    ])
      assert.ok(Math.max(...rates(cycle, everyStep)) < 0.99e-3);
    const highest = Math.max(...rates(linearCycle({ pct_start: 0.7, pct_final: 0.3 }), everyStep));
    assert.equal(highest, Math.fround(4e-5));
    const [first = NaN] = rates(cosineCycle({ transition_steps: 3 }), [0]);
    assert.ok(Math.abs(first / 1e-3 - 1) < 1e-6);
    const [last = NaN] = rates(linearCycle({ pct_final: 1 }), [10_000]);
    assert.ok(Math.abs(last / 1e-7 - 1) < 1e-6);
  });

  it('bounds hold and jump where they are said to', () => {
    assert.equal(rates(exponential({ end_value: 1e-2 }), [0])[0], Math.fround(1e-2));
    const jump = rates(warmupExponential({ end_value: 2e-3 }), [999, 1000, 9000]);
    assert.deepEqual(jump.slice(1), [Math.fround(2e-3), Math.fround(2e-3)]);
    assert.ok((jump[0] ?? NaN) < 1e-3);
  });

  it('schedules that are said to stay where they begin do', () => {
    for (const schedule of [
      linear({ transition_steps: 0 }),
      exponential({ transition_steps: 0 }),
      exponential({ decay_rate: 0 }),
      polynomial({ power: 0 }),
      cosine({ exponent: 0 }),
      warmupConstant({ warmup_steps: 0 }),
    ])
      assert.equal(new Set(rates(schedule, everyStep)).size, 1);
  });
});

describe('A right schedule', () => {
  for (const schedule of rightSchedules) {
    it(`is left alone: ${JSON.stringify(schedule)}`, () => {
      assert.deepEqual(findingsOf(schedule), []);
    });
  }
});

describe('A fix', () => {
  for (const [schedule, code] of traps) {
    const [finding] = findingsOf(schedule);
    for (const fix of finding?.fixes ?? []) {
      it(`'${fix.title}' mends ${code}`, () => {
        const text = fix.edits.reduceRight(
          (text, { span, text: replacement }) =>
            text.slice(0, span.from) + replacement + text.slice(span.to),
          textOf(schedule),
        );
        const reading = readSchedulesJson(text);
        assert.deepEqual([...reading.findings, ...checkReading(reading, text)], []);
      });
    }
  }

  it('is offered for what is certainly meant', () => {
    const mended = traps.filter(([schedule]) => findingsOf(schedule)[0]?.fixes);
    assert.deepEqual(
      mended.map(([, code]) => code),
      [
        'one-cycle-phases',
        'unsorted-boundaries',
        'too-many-boundaries',
        'alpha-as-end-value',
        'rates-as-scales',
        'rates-as-scales',
      ],
    );
  });
});
