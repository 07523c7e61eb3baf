import { add, cosine, divide, multiply, stepsSince, subtract } from './float32.ts';
import type { BoundaryAndScale } from './optaxFunction.ts';
import { consecutivePhases, direction } from './phases.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';

const boundariesAndScales = {
  name: 'boundaries_and_scales',
  kind: 'boundariesAndScales',
  role: 'boundaries and scales',
  default: null,
} as const;

/** As Python would read the dict: the last of several entries for one step, sorted by step. */
function sorted(entries: readonly BoundaryAndScale[] | null): readonly BoundaryAndScale[] {
  const scales = new Map(entries?.map(({ step, scale }) => [step, scale]));
  return [...scales].map(([step, scale]) => ({ step, scale })).sort((a, b) => a.step - b.step);
}

const nonNegativeScales = {
  parameter: 'boundaries_and_scales',
  holds: (args: { readonly boundariesAndScales: readonly BoundaryAndScale[] | null }) =>
    sorted(args.boundariesAndScales).every(({ scale }) => scale >= 0),
  requirement: 'hold no scale that is negative or NaN',
  raises: 'ValueError',
  instead: 'give factors of 0 or more, below 1 to lower the rate',
} as const;

export const piecewiseConstantSchedule = defineScheduleFunction({
  name: 'piecewise_constant_schedule',
  summary: 'Constant between boundaries; at each one the rate is multiplied by a factor.',
  parameters: [
    { name: 'init_value', kind: 'number', role: 'peak rate', summary: 'The rate at the start.' },
    {
      ...boundariesAndScales,
      summary:
        'From each step on, the factor that the rate is multiplied by; factors accumulate, they are not rates.',
    },
  ],
  rules: [nonNegativeScales],
  build: ({ initValue, boundariesAndScales }) => {
    const entries = sorted(boundariesAndScales);
    return (step) =>
      // In Optax's own terms, 0 and 1 as masks: an infinite scale makes NaN before its boundary too.
      entries.reduce((rate, { step: boundary, scale }) => {
        const before = stepsSince(boundary, step) > 0 ? 1 : 0;
        return add(multiply(rate, before), multiply(multiply(1 - before, scale), rate));
      }, Math.fround(initValue));
  },
  phases: ({ boundariesAndScales }) =>
    consecutivePhases([
      ['hold', 0],
      ...sorted(boundariesAndScales).map(({ step }) => ['hold', step] as const),
    ]),
});

/** Boundaries from 0 on, and the rate at each: the running product, in float32. */
function rateAtBoundaries(initValue: number, entries: readonly BoundaryAndScale[] | null) {
  let rate = Math.fround(initValue);
  return [
    { step: 0, rate },
    ...sorted(entries).map(({ step, scale }) => ({ step, rate: (rate = multiply(rate, scale)) })),
  ];
}

const interpolations = {
  linear: (start: number, end: number, fraction: number) =>
    add(multiply(subtract(end, start), fraction), start),
  cosine: (start: number, end: number, fraction: number) => {
    const half = divide(subtract(start, end), 2);
    return add(end, multiply(half, add(cosine(multiply(Math.PI, fraction)), 1)));
  },
};

export const piecewiseInterpolateSchedule = defineScheduleFunction({
  name: 'piecewise_interpolate_schedule',
  summary:
    'Moves from boundary to boundary in lines or half cosines; at each one the rate has been multiplied by a factor.',
  parameters: [
    {
      name: 'interpolate_type',
      kind: 'interpolation',
      role: 'shape',
      summary: "The way from boundary to boundary: 'linear' or 'cosine'.",
    },
    { name: 'init_value', kind: 'number', role: 'peak rate', summary: 'The rate at step 0.' },
    {
      ...boundariesAndScales,
      summary:
        'For each step, the factor that the rate has been multiplied by when it gets there; factors accumulate.',
    },
  ],
  rules: [nonNegativeScales],
  build: ({ interpolateType, initValue, boundariesAndScales }) => {
    const interpolate = interpolations[interpolateType];
    const ends = rateAtBoundaries(initValue, boundariesAndScales);
    const intervals = ends.slice(1).map((end, i) => ({ start: ends[i] ?? end, end }));
    const last = ends.at(-1) ?? { step: 0, rate: initValue };
    return (step) => {
      if (step >= last.step) return last.rate;
      const interval = intervals.find(({ start, end }) => start.step <= step && step < end.step);
      if (interval === undefined) return 0; // Optax sums over the intervals that hold the step.
      const { start, end } = interval;
      const size = Math.max(1, stepsSince(end.step, start.step));
      return interpolate(start.rate, end.rate, divide(stepsSince(step, start.step), size));
    };
  },
  phases: ({ initValue, boundariesAndScales }) => {
    const ends = rateAtBoundaries(initValue, boundariesAndScales);
    return consecutivePhases(
      ends.map(({ step, rate }, i) => [direction(rate, ends[i + 1]?.rate ?? rate), step] as const),
    );
  },
});
