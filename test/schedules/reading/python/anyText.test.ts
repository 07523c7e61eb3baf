import assert from 'node:assert/strict';
import { parser } from '@lezer/python';
import { readSchedules } from '../../../../schedules/readSchedules.ts';
import { randomNumbers, randomText, sources } from './randomTexts.ts';

/** Milliseconds that reading any text may take. */
const longest = 250;
const cases = 10_000;

/** How long a text takes to read and its schedules to give a rate: the best of a few times. */
function timeOf(text: string, file = 'any.py'): number {
  let best = Infinity;
  for (let i = 0; i < 4 && best > longest; i++) {
    const start = performance.now();
    readSchedules(file, text);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function assertFast(text: string, what: string): void {
  const time = timeOf(text);
  if (time <= longest) return;
  const allowed = longest * slowness();
  assert.ok(time <= allowed, `${what} took ${time} ms, where ${allowed} ms are allowed`);
}

const fixedWork = sources.join('\n');
/** Milliseconds that it takes on a quiet machine in which the limit holds. */
const fixedWorkTime = 30;

/**
 * How many times slower the machine is just now than a quiet one: by a piece of work of the same
 * kind in which no code of this project has a part, so that it cannot hide that this became slow.
 */
function slowness(): number {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    parser.parse(fixedWork);
    return performance.now() - start;
  });
  const median = times.toSorted((a, b) => a - b)[4] ?? fixedWorkTime;
  return Math.max(1, median / fixedWorkTime);
}

describe('The reader of Python, given any text,', () => {
  it(`returns within ${longest} ms and never throws, in ${cases} cases`, function () {
    this.timeout(900_000);
    const random = randomNumbers(20_260_822);
    for (let i = 0; i < cases; i++) {
      const text = randomText(random);
      assertFast(text, `case ${i}, ${JSON.stringify(text)},`);
    }
  });

  const call = 'import optax\ns = optax.linear_schedule(0.1, 0.0, 100)\n';
  const hostile: Readonly<Record<string, string>> = {
    'deeply nested brackets': `x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}\n${call}`,
    'deeply nested brackets that never close': `${call}x = ${'[('.repeat(50_000)}`,
    'a deeply nested call': `x = ${'f('.repeat(20_000)}1${')'.repeat(20_000)}\n${call}`,
    'a long sum': `x = ${'1 + '.repeat(50_000)}1\n${call}`,
    'a long chain of comparisons': `x = ${'1 < '.repeat(20_000)}2\n${call}`,
    'a long chain of attributes': `x = a${'.b'.repeat(50_000)}\n${call}`,
    'many nots': `x = ${'not '.repeat(20_000)}1\n${call}`,
    'many lambdas in one another': `x = ${'lambda: '.repeat(20_000)}1\n${call}`,
    'many blocks in one another': `${Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}if x:\n`).join('')}${' '.repeat(300)}y = 1\n${call}`,
    'many elifs': `if a == 0: x = 0\n${Array.from({ length: 5000 }, (_, i) => `elif a == ${i + 1}: x = ${i}\n`).join('')}${call}`,
    'huge powers': `x = 9**9**9\ny = 9**9**9**9\nz = 2**-9**9\nw = (-1)**0.5\n${call}`,
    'huge shifts': `x = 1 << 10**10\ny = 1 << 100000\n${call}`,
    'growing numbers': `x = 3\nfor i in range(10**9):\n  x = x * x\n${call}`,
    'growing texts': `x = "ab"\nwhile True:\n  x = x + x\n${call}`,
    'growing lists': `x = [1, 2]\nwhile True:\n  x = x + x\n${call}`,
    'a list that is added to itself': `x = [1]\nwhile True:\n  x.extend(x)\n${call}`,
    'endless loops': `while True:\n  while True:\n    pass\n${call}`,
    'endless loops in functions': `def f():\n  while 1: pass\n${Array.from({ length: 50 }, (_, i) => `def g${i}(n):\n  while n: f()\n`).join('')}${call}`,
    'a recursive lambda': `f = lambda x: f(x)\nf(1)\n${call}`,
    'a lambda that calls itself twice': `f = lambda x: f(x) + f(x)\ny = f(1)\n${call}`,
    'a function of all its calls': `def f(n):\n  return sum(f(i) for i in range(n))\nf(30)\n${call}`,
    'a fixed point': `y = (lambda x: x(x))(lambda x: x(x))\n${call}`,
    'a decorator of itself': `@f\ndef f(x): return f(f(x))\nf(1)\n${call}`,
    'a class that is its own base': `class A: pass\nclass A(A):\n  def __init__(self): A()\nA()\n${call}`,
    'million-element ranges': `x = list(range(10**6))\ny = [i for i in range(10**7)]\nz = sum(range(10**9))\n${call}`,
    'a product of ranges': `x = [(a, b, c, d) for a in range(1000) for b in range(1000) for c in range(1000) for d in range(1000)]\n${call}`,
    'huge arrays': `import numpy as np\nx = np.zeros((10**9, 10**9))\ny = np.arange(1e12)\nz = x + x\n${call}`,
    'huge repetitions': `x = [0] * 10**10\ny = "a" * 10**10\nz = ((),) * 10**9\n${call}`,
    'wide formats': `x = f"{1:1000000000}"\ny = f"{1:.1000000000f}"\nz = "{:>99999999}".format(1)\n${call}`,
    'lone surrogates': `x\ud800 = "\udfff"\n# \ud800\n${call}`,
    'null characters': `\u0000\u0000${call}\u0000`,
    'a byte order mark': `\ufeff${call}`,
    'one long line': `x = "${'a'.repeat(1_000_000)}"\n${call}`,
    'many short lines': `${'x = 1\n'.repeat(100_000)}${call}`,
    'many schedules': 'import optax\n' + 's = optax.cosine_decay_schedule(0.1, 100)\n'.repeat(5000),
    'schedules in one another': `import optax\nx = optax.constant_schedule(1)\nfor i in range(10**6):\n  x = optax.join_schedules([x, x], [1])\n${call}`,
    'many boundaries': `import optax\nx = optax.piecewise_constant_schedule(1.0, {i: 0.9 for i in range(10**6)})\n${call}`,
    'many unknown ifs': `${Array.from({ length: 400 }, (_, i) => `if a${i}: x = ${i}\nelse: x = f(x)\n`).join('')}${call}`,
    'unknown ifs in one another': `${Array.from({ length: 100 }, (_, i) => `${' '.repeat(i)}if a${i}:\n${' '.repeat(i + 1)}x${i} = 1\n`).join('')}${call}`,
    'unknown choices that multiply': `x = 0\n${'x = x + (1 if c() else 2) * (3 if d() else x)\n'.repeat(300)}${call}`,
    'an expensive schedule': `def s(step):\n  x = 0\n  for i in range(10**9):\n    x = x + step\n  return x\n`,
    'a schedule that never ends': `def s(step):\n  while True: pass\n`,
    'a schedule of itself': `def s(step):\n  return s(step)\n`,
    'settings in comments': `${'# anneal: x=9**9**9, y=(((\n'.repeat(1000)}${call}`,
    'an import of itself': `from . import *\nimport any\nfrom any import *\n${call}`,
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`survives ${name}`, () => {
      assertFast(text, 'it');
    });
  }

  it('says where it could not read on', () => {
    const { findings } = readSchedules('slow.py', hostile['many short lines']!.repeat(3));
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [['reading-stopped', 'information']],
    );
  });
});
