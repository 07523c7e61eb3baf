import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ExpressionError } from '../../../../schedules/reading/python/arithmetic.ts';
import type { ExpressionValue } from '../../../../schedules/reading/python/arithmetic.ts';
import { evaluateExpression } from '../../../../schedules/reading/python/expression.ts';

type GoldenExpression = { readonly expression: string } & (
  { readonly value: ExpressionValue } | { readonly raises: string }
);

interface Goldens {
  readonly names: Readonly<Record<string, ExpressionValue>>;
  readonly cases: readonly GoldenExpression[];
}

/** Written by write_expressions.py beside it, with real CPython. */
const goldens = JSON.parse(
  readFileSync(new URL('../../../fixtures/reading/expressions.json', import.meta.url), 'utf8'),
) as Goldens;

const notFinite = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);

function evaluate(text: string): ExpressionValue {
  return evaluateExpression(text, (name) => goldens.names[name]);
}

/** The last bit of sqrt, exp and powers differs between mathematical libraries. */
function isSame(actual: ExpressionValue, expected: ExpressionValue): boolean {
  if (typeof actual !== 'number' || typeof expected !== 'number') {
    return Object.is(actual, notFinite.has(expected) ? Number(expected) : expected);
  }
  return Math.abs(actual - expected) <= 4e-16 * Math.abs(expected);
}

describe('A Python expression of numbers', () => {
  it('has the value that CPython gives it', () => {
    const cases = goldens.cases.filter((golden) => 'value' in golden);
    assert.ok(cases.length >= 150, `only ${cases.length} expressions`);
    const wrong = cases.flatMap(({ expression, value }) => {
      const actual = evaluate(expression);
      return isSame(actual, value)
        ? []
        : [`${expression}: ${String(actual)}, not ${String(value)}`];
    });
    assert.deepEqual(wrong, []);
  });

  it('is refused in a sentence where CPython raises an exception', () => {
    const cases = goldens.cases.filter((golden) => 'raises' in golden);
    assert.ok(cases.length >= 50, `only ${cases.length} expressions`);
    for (const { expression, raises } of cases) {
      assert.throws(() => evaluate(expression), ExpressionError, `${expression}: ${raises}`);
    }
  });

  it('names what is wrong in it', () => {
    const messages = {
      'total_stepz + 1': "uses 'total_stepz', which is not defined",
      '10 / (warmup - 235)': 'divides by zero',
      'sum(1, 2)': "calls 'sum', which is not available here",
      'sqrt(-1)': 'has sqrt of -1, which is no finite number',
      'warmup if': 'is not a Python expression of numbers',
      'abs(1, 2)': 'calls abs with 2 arguments',
      '[1, 2]': "has '[1, 2]', which is not an expression of numbers",
      '2 @ 3': 'has the operator @, which is not for numbers',
      'round(2.5, ndigits=1)': 'calls a function with other than plain arguments',
      '10 ** 30 % 7': 'divides 1e+30, of which the last digits are not known',
    };
    for (const [expression, message] of Object.entries(messages)) {
      assert.throws(() => evaluate(expression), { message }, expression);
    }
  });

  it('looks only at the operands that Python looks at', () => {
    const asked: string[] = [];
    const lookUp = (name: string): number => {
      asked.push(name);
      return name === 'no' ? 0 : 1;
    };
    evaluateExpression('no and a', lookUp);
    evaluateExpression('yes or b', lookUp);
    evaluateExpression('c if no else yes', lookUp);
    evaluateExpression('yes < no < d', lookUp);
    assert.deepEqual(asked, ['no', 'yes', 'no', 'yes', 'yes', 'no']);
  });

  it('is refused or computed at once however hostile it is', () => {
    const hostile = [
      '9**9**9',
      '9**9**9**9**9',
      '(9**9**9) % 7',
      `${'('.repeat(900)}1${')'.repeat(900)}`,
      '('.repeat(2000),
      '-'.repeat(1900) + '1',
      `1${'+1'.repeat(900)}`,
      `1${'<2'.repeat(900)}`,
      `1${'**1'.repeat(600)}`,
      `1${' if 1 else 1'.repeat(150)}`,
      `${'max(1,'.repeat(300)}1${')'.repeat(300)}`,
      `${'not '.repeat(450)}1`,
      '1'.repeat(2000),
      '1'.repeat(5_000_000),
      `'${'a'.repeat(5_000_000)}'`,
      `round(1.5, ${'9'.repeat(300)})`,
      'round(1.5, -999999)',
      '1e999 - 1e999',
      '1e308 * 1e308',
      '__proto__',
      'constructor(1)',
      'math.constructor',
      '__import__("os").system("true")',
      'open("/etc/passwd")',
      '(lambda f: f(f))(lambda f: f(f))',
      '[x for x in range(10**9)]',
      '"a" * 10**9',
      'f"{1}"',
      '\u0000',
      '\ud800',
      '\u202e1',
      '１ + １',
      'été + 1',
      '1\r\n+ 1',
      '# only a comment',
      '',
      ' \n\t ',
    ];
    for (const text of hostile) {
      const start = performance.now();
      try {
        evaluate(text);
      } catch (error) {
        assert.ok(error instanceof ExpressionError, `${text.slice(0, 40)}: ${String(error)}`);
        assert.ok(error.message.length < 250, `${text.slice(0, 40)}: a message without end`);
      }
      const milliseconds = performance.now() - start;
      assert.ok(milliseconds < 500, `${text.slice(0, 40)} took ${milliseconds} ms`);
    }
  });

  it('never throws anything but an ExpressionError on any piece of text', () => {
    // A linear congruential generator: the same pieces in every run.
    let state = 1;
    const random = (below: number): number => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state % below;
    };
    const words =
      '1 2.5 total_steps nothing round( max( math. ( ) + - * ** // % < == if else and or not , : . ""'
        .split(' ')
        .concat(' ', '\n', '"', "'", '#', '\\', '=', '@', 'é');
    let valid = 0;
    for (let i = 0; i < 5000; i++) {
      const text = Array.from({ length: 1 + random(12) }, () => words[random(words.length)]).join(
        ' ',
      );
      try {
        evaluate(text);
        valid++;
      } catch (error) {
        assert.ok(error instanceof ExpressionError, `${text}: ${String(error)}`);
      }
    }
    assert.ok(valid > 100, `only ${valid} of the texts were expressions`);
  });
});
