import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  newEvaluator,
  syntaxProblem,
  type Evaluated,
} from '../../../../schedules/reading/python/expression.ts';

type GoldenValue = number | boolean | string | null;
type GoldenExpression = { readonly expression: string } & (
  { readonly value: GoldenValue } | { readonly raises: string }
);

interface Goldens {
  readonly names: Readonly<Record<string, GoldenValue>>;
  readonly cases: readonly GoldenExpression[];
}

/** Written by write_expressions.py beside it, with real CPython. */
const goldens = JSON.parse(
  readFileSync(new URL('../../../fixtures/reading/expressions.json', import.meta.url), 'utf8'),
) as Goldens;

const notFinite = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);

const evaluate = newEvaluator((name) => {
  const value = Object.hasOwn(goldens.names, name) ? goldens.names[name] : undefined;
  if (value === undefined) return undefined;
  return { value: Number.isInteger(value) ? BigInt(Number(value)) : value };
});

function problemOf(evaluated: Evaluated): string | undefined {
  return 'problem' in evaluated ? evaluated.problem : undefined;
}

/** The last bit of sqrt, exp and powers differs between mathematical libraries. */
function isSame(evaluated: Evaluated, expected: GoldenValue): boolean {
  if ('problem' in evaluated) return false;
  const actual = typeof evaluated.value === 'bigint' ? Number(evaluated.value) : evaluated.value;
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
      const given = 'problem' in actual ? actual.problem : String(actual.value);
      return isSame(actual, value) ? [] : [`${expression}: ${given}, not ${String(value)}`];
    });
    assert.deepEqual(wrong, []);
  });

  it('is refused in a sentence where CPython raises an exception', () => {
    const cases = goldens.cases.filter((golden) => 'raises' in golden);
    assert.ok(cases.length >= 50, `only ${cases.length} expressions`);
    const accepted = cases.filter(({ expression }) => 'value' in evaluate(expression));
    assert.deepEqual(accepted, []);
  });

  it('names what is wrong in it', () => {
    const problems = {
      'total_stepz + 1': "raises NameError: 'total_stepz' is not defined",
      'sum_of(1, 2)': "raises NameError: 'sum_of' is not defined",
      'math.cubic(2)': "raises NameError: 'math.cubic' is not defined",
      '10 / (warmup - 235)': 'raises ZeroDivisionError: division by zero',
      'sqrt(-1)': 'raises ValueError: math domain error',
      'abs(1, 2)': 'raises TypeError: abs() takes 1 arguments, got 2',
      "'3' + 1": "raises TypeError: unsupported operand types for +: 'str' and 'int'",
      'max(1, 2)(3)': "raises TypeError: 'int' object is not callable",
      'warmup if': 'is not a Python expression of numbers',
      '(total := 3)': 'is not a Python expression of numbers',
      '[1, 2]': "has a value of the type 'list', which is not a number",
      '3j + 1': 'has a part that is nested too deeply or cannot be computed here',
      [`${'('.repeat(500)}1${')'.repeat(500)}`]:
        'has a part that is nested too deeply or cannot be computed here',
      [`1${'+1'.repeat(1000)}`]: 'is too long for an expression',
      'sum(range(10**9))': 'raises MemoryError: a range of too many elements',
      'sum(i * j for i in range(10**4) for j in range(10**4))':
        'has a part that is nested too deeply or cannot be computed here',
    };
    for (const [expression, problem] of Object.entries(problems)) {
      assert.equal(problemOf(evaluate(expression)), problem, expression);
    }
    assert.equal(syntaxProblem('warmup if'), 'is not a Python expression of numbers');
    assert.equal(syntaxProblem('warmup'), undefined);
  });

  it('computes with lists, NumPy and exact whole numbers as Python does', () => {
    const values = {
      'sum(range(warmup))': 27495n,
      'sum(2 ** i for i in range(4))': 15n,
      '[0.1, 0.2][-1]': 0.2,
      "{'small': 1e-3, 'large': 1e-4}['large']": 1e-4,
      'round(total_steps * 0.1, ndigits=1)': 235,
      'float(np.sqrt(16))': 4,
      'numpy.pi': Math.PI,
      'jnp.float32(0.1)': Math.fround(0.1),
      '10 ** 30 % 7': 1n,
      '2 ** 70 // 2 ** 68': 4n,
      'int("12") + len("abc")': 15n,
    };
    for (const [expression, value] of Object.entries(values)) {
      assert.deepEqual(evaluate(expression), { value }, expression);
    }
  });

  it('looks only at the operands that Python looks at', () => {
    const asked: string[] = [];
    const follow = newEvaluator((name) => {
      asked.push(name);
      return { value: name === 'no' ? 0n : 1n };
    });
    for (const text of ['no and a', 'yes or b', 'c if no else yes', 'yes < no < d']) follow(text);
    assert.deepEqual(asked, ['no', 'yes', 'no', 'yes', 'yes', 'no']);
  });

  it('says what the lookup of a name finds to be wrong', () => {
    const follow = newEvaluator((name) =>
      name === 'epochs' ? { problem: 'needs a number of epochs' } : undefined,
    );
    assert.deepEqual(follow('max(epochs, 3)'), { problem: 'needs a number of epochs' });
    assert.deepEqual(follow('[epochs for i in range(3)]'), { problem: 'needs a number of epochs' });
    assert.deepEqual(follow('max(2, 3)'), { value: 3n });
  });

  it('leaves nothing behind for the next one', () => {
    assert.deepEqual(evaluate('[new := 5, new][1]'), { value: 5n });
    assert.equal(problemOf(evaluate('new')), "raises NameError: 'new' is not defined");
    assert.deepEqual(evaluate('[math for math in [1]][0]'), { value: 1n });
    assert.deepEqual(evaluate('math.sqrt(4)'), { value: 2 });
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
      const problem = problemOf(evaluate(text)) ?? '';
      assert.ok(problem.length < 250, `${text.slice(0, 40)}: a message without end`);
      const milliseconds = performance.now() - start;
      assert.ok(milliseconds < 500, `${text.slice(0, 40)} took ${milliseconds} ms`);
    }
  });

  it('never throws, on any piece of text', () => {
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
      if ('value' in evaluate(text)) valid++;
    }
    assert.ok(valid > 100, `only ${valid} of the texts were expressions`);
  });
});
