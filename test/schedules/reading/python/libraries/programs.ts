import assert from 'node:assert/strict';
import { readSchedules } from '../../../../../schedules/readSchedules.ts';
import type { Assumption } from '../../../../../schedules/reading/reading.ts';

export interface Outcome {
  /** As a float32; undefined where the reader gives no value. */
  readonly value: number | undefined;
  readonly assumptions: readonly Assumption[];
}

/** What the reader takes an expression after a program for: a schedule is made of it. */
export function outcomeOf(program: string, expression: string): Outcome {
  const text = `${program}\nimport optax\nresult_of_case = optax.constant_schedule(${expression})\n`;
  const { definitions } = readSchedules('case.py', text);
  const definition = definitions.find(({ name }) => name === 'result_of_case');
  return {
    value: definition?.schedule?.schedule(0),
    assumptions: definition?.assumptions ?? [],
  };
}

/** That a value is known without any assumption, to float32's precision. */
export function assertKnown({ value, assumptions }: Outcome, expected: number): void {
  assert.deepEqual(assumptions, []);
  assert.equal(value, Math.fround(expected));
}
