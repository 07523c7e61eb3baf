import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Schedule } from '../../../../schedules/schedule.ts';
import { readSchedules } from '../../../../schedules/readSchedules.ts';

interface GoldenRate {
  readonly name: string;
  readonly values: readonly number[];
}

interface Idiom {
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly schedules: readonly GoldenRate[];
  readonly uses: readonly GoldenRate[];
  readonly assumptions: readonly { readonly name: string; readonly value: number }[];
}

const fixtures = new URL('../../../fixtures/reading/', import.meta.url);
const notFinite = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);

/** Written by write_idioms.py, with real CPython and Optax. */
const { steps, idioms } = JSON.parse(
  readFileSync(new URL('idioms.json', fixtures), 'utf8'),
  (key, value: unknown) => (key !== 'title' && notFinite.has(value) ? Number(value) : value),
) as { readonly steps: readonly number[]; readonly idioms: readonly Idiom[] };

/** From the idiom's own line to the next idiom of its file. */
function sourceOf({ file, line }: Idiom): string {
  const lines = readFileSync(new URL(`idioms/${file}`, fixtures), 'utf8').split('\n');
  const next = lines.findIndex((text, i) => i >= line && text.startsWith('# idiom: '));
  return lines.slice(line - 1, next < 0 ? undefined : next).join('\n');
}

function assertSameNames(actual: readonly string[], expected: readonly GoldenRate[]): void {
  assert.deepEqual(actual.toSorted(), expected.map(({ name }) => name).toSorted());
}

function assertSameRates(schedule: Schedule, { name, values }: GoldenRate): void {
  const largest = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
  values.forEach((expected, i) => {
    const step = steps[i]!;
    const rate = schedule(step);
    const agrees = Number.isFinite(expected)
      ? Math.abs(rate - expected) <= 1e-6 * largest
      : Object.is(rate, expected);
    assert.ok(agrees, `${name} at ${step}: ${rate}, CPython: ${expected}`);
  });
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name < b.name ? -1 : 1;

describe('A reader of Python', () => {
  it('meets at least 150 ways to write a schedule', () => {
    assert.ok(idioms.length >= 150, `only ${idioms.length} idioms`);
  });

  for (const idiom of idioms) {
    it(`understands ${idiom.title}`, () => {
      const { definitions, uses, findings } = readSchedules('idiom.py', sourceOf(idiom));

      const alarms = findings.filter(
        ({ severity }) => severity === 'error' || severity === 'warning',
      );
      assert.deepEqual(alarms, []);

      assertSameNames(
        definitions.map(({ name }) => name),
        idiom.schedules,
      );
      for (const expected of idiom.schedules) {
        const schedule = definitions.find(({ name }) => name === expected.name)?.schedule;
        assert.ok(schedule, `${expected.name} has no values`);
        assertSameRates(schedule.schedule, expected);
      }

      assertSameNames(
        uses.map(({ name }) => name),
        idiom.uses,
      );
      for (const expected of idiom.uses) {
        const use = uses.find(({ name }) => name === expected.name);
        assert.ok(use?.learningRate, `${expected.name} has no values`);
        assertSameRates(use.learningRate.schedule, expected);
      }

      const assumed = new Map(
        [...definitions, ...uses].flatMap(({ assumptions }) =>
          assumptions.map(({ name, value }) => [name, value]),
        ),
      );
      assert.deepEqual(
        [...assumed].map(([name, value]) => ({ name, value })).toSorted(byName),
        idiom.assumptions.toSorted(byName),
      );
    });
  }
});
