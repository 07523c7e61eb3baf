/**
 * How long it takes to read a Python file of 1,000 lines in a process that has been reading others:
 * for the first time, and again after each keystroke, in several places. Two files are measured:
 *
 * - ordinary: the example program with its 14 schedules, and ordinary.py;
 * - dense: the example program, and the ways people write schedules that the tests know, each in a
 *   function of its own; every round takes others.
 *
 *   node --import=tsx bench/reading.ts [--rounds N]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const lines = 1000;
const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 30 : Number(process.argv[at + 1]);
const roundsBefore = 10;

// Bundled, as it is shipped: the loader of this script wraps every function in one that names it.
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../schedules/readSchedules.ts', import.meta.url))],
  ...{ bundle: true, write: false, format: 'esm', platform: 'node' },
  mainFields: ['module', 'main'],
});
const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
const { readSchedules } = (await import(
  `data:text/javascript;base64,${code}`
)) as typeof import('../schedules/readSchedules.ts');

const textOf = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const example = textOf('../examples/tutorial.py');
const surroundings = textOf('ordinary.py');
const folder = '../test/fixtures/reading/idioms/';
const idioms = readdirSync(new URL(folder, import.meta.url))
  .filter((name) => name.endsWith('.py'))
  .flatMap((name) => textOf(folder + name).split(/^(?=# idiom: )/m));

/** What stands behind the example, by the number of the part. */
const fillings: Readonly<Record<string, (part: number) => string>> = {
  ordinary: (part) => surroundings.replace(/^((?:class|def) \w+)/gm, `$1_${part}`),
  dense: (part) => {
    const idiom = (idioms[part % idioms.length] ?? '').replace(/^# (?!idiom).*\n/gm, '').trim();
    return `def part_${part}():\n${idiom.replace(/^/gm, '    ')}\n    return None\n`;
  },
};

/** The example, and as many parts, from one on, as there is room for. */
function program(fill: (part: number) => string, first: number): string {
  const parts = [example.replace('epochs = 10', `epochs = ${first + 5}`)];
  for (let i = first; parts.join('\n\n').split('\n').length < lines; i++) parts.push(fill(i));
  return parts.join('\n\n').split('\n').slice(0, lines).join('\n');
}

/** What somebody types, and behind which text. */
const keystrokes: Readonly<Record<string, readonly [behind: string, typed: string]>> = {
  'in a number that most schedules rest on': ['\nepochs = ', '120'],
  'in a function': ['\ndef main() -> None:\n', '    x = 1\n'],
  'of a comment': ['\nimport optax\n', '\n# warm'],
  'of a call that is not closed': ['\nimport optax\n', 's = optax.linear_schedule(0.1'],
};

function timed<Result>(f: () => Result): { result: Result; time: number } {
  const start = performance.now();
  const result = f();
  return { result, time: performance.now() - start };
}

function summary(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const part = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1).padStart(5);
  return `median ${part(0.5)} ms, 95th percentile ${part(0.95)} ms, least ${part(0)} ms`;
}

for (const [kind, fill] of Object.entries(fillings)) {
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds + roundsBefore; round++) {
    const note = (what: string, time: number): void => {
      if (round >= roundsBefore) times.set(what, [...(times.get(what) ?? []), time]);
    };
    const text = program(fill, 7 * round);
    const { result: read, time } = timed(() => readSchedules('program.py', text));
    note('read for the first time', time);
    for (const [where, [behind, typed]] of Object.entries(keystrokes)) {
      const place = text.indexOf(behind) + behind.length;
      let { earlier } = read;
      for (let i = 1; i <= typed.length; i++) {
        const edited = text.slice(0, place) + typed.slice(0, i) + text.slice(place);
        const again = timed(() =>
          readSchedules('program.py', edited, {}, { ...(earlier && { earlier }) }),
        );
        note(`again after a keystroke ${where}`, again.time);
        ({ earlier } = again.result);
      }
    }
  }
  process.stdout.write(`${kind} file of ${lines} lines\n`);
  for (const [what, all] of times) process.stdout.write(`  ${what}: ${summary(all)}\n`);
}
