/**
 * How long it takes to read a Python file of 1,000 lines in a process that has been reading others:
 * for the first time, and again after each keystroke.
 *
 *   node --import=tsx bench/reading.ts [--rounds N]
 *
 * The file is made of the example program and of the ways people write schedules that the tests
 * know, each in a function of its own; every round has a text of its own, so that nothing is known
 * of it before.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { readSchedules } from '../schedules/readSchedules.ts';

const lines = 1000;
const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 30 : Number(process.argv[at + 1]);

const folder = new URL('../test/fixtures/reading/idioms/', import.meta.url);
const example = readFileSync(new URL('../examples/tutorial.py', import.meta.url), 'utf8');
const idioms = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split(/^(?=# idiom: )/m));

/** The example, and as many idioms, from one on, as there is room for. */
function program(first: number): string {
  const parts = [example.replace('epochs = 10', `epochs = ${first + 5}`)];
  for (let i = first; parts.join('').split('\n').length < lines; i++) {
    const idiom = (idioms[i % idioms.length] ?? '').replace(/^# (?!idiom).*\n/gm, '').trim();
    const body = idiom.replace(/^/gm, '    ');
    parts.push(`\n\ndef part_${i}():\n${body}\n    return None\n`);
  }
  return parts.join('').split('\n').slice(0, lines).join('\n');
}

function timed<Result>(f: () => Result): { result: Result; time: number } {
  const start = performance.now();
  const result = f();
  return { result, time: performance.now() - start };
}

const first: number[] = [];
const again: number[] = [];
for (let round = 0; round < rounds + 10; round++) {
  const text = program(7 * round);
  const read = timed(() => readSchedules('program.py', text));
  let { earlier } = read.result;
  let edited = text;
  for (const key of ['1', '2', '0', '.', '5']) {
    // Somebody types into the number of epochs, on which most of the file's schedules rest.
    const place = edited.indexOf('\n', edited.indexOf('epochs = '));
    edited = edited.slice(0, place) + key + edited.slice(place);
    const { result, time } = timed(() =>
      readSchedules('program.py', edited, {}, { ...(earlier && { earlier }) }),
    );
    earlier = result.earlier;
    if (round >= 10) again.push(time);
  }
  if (round >= 10) first.push(read.time);
}

function summary(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const part = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
  return `median ${part(0.5)} ms, 95th percentile ${part(0.95)} ms`;
}

process.stdout.write(`first read of ${lines} lines: ${summary(first)}\n`);
process.stdout.write(`read again after a keystroke: ${summary(again)}\n`);
