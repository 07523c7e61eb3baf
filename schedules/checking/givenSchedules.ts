import type { Reading } from '../reading/reading.ts';

/** What optimizers and other schedules are given: the names of definitions, and schedules themselves. */
export function givenSchedules({
  uses,
  calls,
}: Pick<Reading, 'uses' | 'calls'>): ReadonlySet<unknown> {
  return new Set<unknown>([
    ...uses.flatMap(({ definition, learningRate, factors = [] }): readonly unknown[] => [
      definition,
      learningRate,
      ...factors,
    ]),
    ...calls.flatMap(({ arguments: { schedules } }): readonly unknown[] =>
      Array.isArray(schedules) ? schedules : [],
    ),
  ]);
}
