/**
 * A learning-rate schedule: the rate at an optimizer step, counted from 0.
 *
 * Optax computes in float32, so every value is a float32 (`Math.fround` of itself). NaN and
 * infinities are possible values: Optax does not refuse them.
 */
export type Schedule = (step: number) => number;
