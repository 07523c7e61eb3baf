import { readdirSync, readFileSync } from 'node:fs';

const idioms = new URL('../../../fixtures/reading/idioms/', import.meta.url);

/** The ways people write schedules that the tests know. */
export const sources = readdirSync(idioms)
  .filter((name) => name.endsWith('.py'))
  .flatMap((name) => readFileSync(new URL(name, idioms), 'utf8').split(/^(?=# idiom: )/m));

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words = [
  ...[
    'optax.',
    'cosine_decay_schedule',
    'join_schedules',
    'sgdr_schedule',
    'linear_schedule(',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
  ],
  ...[
    'def f(step):\n',
    ' return ',
    'lambda step: ',
    'for i in range(',
    'while True:\n',
    'if x:\n',
    'else:\n',
    '\n',
    '\n    ',
    ' ',
  ],
  ...[
    ' = ',
    ' ** ',
    ' // ',
    ' % ',
    '*',
    '**',
    ', ',
    ':',
    '.',
    '9',
    '1e308',
    '0',
    '-1',
    '0.1',
    'x',
    'y',
    'f',
    'None',
    'True',
  ],
  ...[
    'import optax\n',
    'class A:\n',
    'self',
    'yield ',
    'f"{x}"',
    '"',
    "'",
    '"""',
    '#',
    '\\',
    '\ud800',
    '\u0000',
    '@',
    '→',
    'in ',
    ' if ',
  ],
  ...[
    'jnp.',
    'np.',
    'where',
    'arange',
    'match x:\n',
    'case ',
    'try:\n',
    'except:\n',
    'global ',
    'del ',
    'import *',
    '# anneal: x=1',
  ],
];

export function pick<Element>(random: () => number, list: readonly Element[]): Element {
  return list[Math.floor(random() * list.length)]!;
}

/** A text that a program could meet: words at random, or a program with some of it changed. */
export function randomText(random: () => number): string {
  if (random() < 0.4) {
    return Array.from({ length: Math.floor(random() * 120) }, () => pick(random, words)).join('');
  }
  let text = random() < 0.2 ? pick(random, sources) + pick(random, sources) : pick(random, sources);
  for (let changes = Math.floor(random() * 6); changes >= 0; changes--) {
    text = changedText(random, text);
  }
  return text;
}

/** A text with something else in one place. */
export function changedText(random: () => number, text: string): string {
  const at = Math.floor(random() * text.length);
  const cut = random() < 0.5 ? Math.floor(random() * 12) : 0;
  const inserted = random() < 0.6 ? pick(random, words) : '';
  return text.slice(0, at) + inserted + text.slice(at + cut);
}
