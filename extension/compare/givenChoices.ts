import type { ComparisonChoices } from './comparisonPlan.ts';

const checks = {
  schedules: (value: unknown) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string'),
  engine: isText,
  optimizer: isText,
  epochs: isCount,
  batchSize: isCount,
  trainExamples: isCount,
  testExamples: isCount,
  seed: (value: unknown) => value === 0 || isCount(value),
  seeds: isCount,
  parallel: isCount,
  shuffle: isSwitch,
  fresh: isSwitch,
  lossReduction: (value: unknown) => value === 'sum' || value === 'mean',
} satisfies Readonly<Record<keyof ComparisonChoices, (value: unknown) => boolean>>;

/**
 * Choices that a keybinding or another extension gives a command; undefined where it gives none.
 *
 * @throws Error for a choice that there is not, or of another kind.
 */
export function givenChoices(argument: unknown): ComparisonChoices | undefined {
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument))
    return undefined;
  for (const [key, value] of Object.entries(argument)) {
    const check = Object.entries(checks).find(([name]) => name === key)?.[1];
    if (!check) {
      const known = Object.keys(checks).join(', ');
      throw new Error(`Comparisons have no choice '${key}'; there are ${known}.`);
    }
    if (!check(value)) throw new Error(`'${key}' cannot be ${JSON.stringify(value)}.`);
  }
  return argument;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean';
}
