// node --import=tsx bench/frameworks.ts PYTHON [--engine NAME] [--rounds N] [--steps N]
//
// Steps a second of a whole comparison, against the same training in PyTorch and in JAX: on this CPU
// with a jitted step and as the tutorial prints it; with --engine on the GPU that the frameworks find,
// with a jitted step, for one run and mapped over all 14. PYTHON is one that has the packages of
// bench/frameworks/requirements.txt. All of them are measured in turn in each round, so that they see
// the same moments of a noisy machine; the ratios are what counts. Needs `npm run setup`.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { decodeEvent } from '../runner/protocol.ts';
import { fashionMnistFolder } from '../test/support/fashionMnist.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '60' },
  },
});
const [python = 'python3'] = positionals;
const rounds = Number(values.rounds);
const steps = Number(values.steps);
const root = fileURLToPath(new URL('..', import.meta.url));
const data = await fashionMnistFolder();
const cores = availableParallelism();
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function linesOf(program: string, args: readonly string[]): Promise<readonly string[]> {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  return lines;
}

/** All images in batches of 256. */
const mostBatches = Math.floor(60_000 / 256);
/** Events that come sooner after another tell of the same moment: runs in lockstep tell one by one. */
const burst = 20;

/** All cores or the GPU train, as many runs at a time as `anneal compare` takes by itself. */
async function annealSpeed(): Promise<number> {
  const epochs = Math.ceil(steps / mostBatches);
  const trainExamples = 256 * Math.ceil(steps / epochs);
  const output = await mkdtemp(join(tmpdir(), 'anneal-bench-'));
  const child = spawn(
    process.execPath,
    [
      ...['dist/cli.js', 'compare', 'examples/tutorial.py', '--fresh'],
      ...['--engine', values.engine ?? 'tensorflow'],
      ...['--epochs', String(epochs), '--train-examples', String(trainExamples)],
      ...['--test-examples', '256'],
      ...['--data', data, '--json', '--output', join(output, 'comparison')],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const counts: { readonly time: number; done: number }[] = [];
  let done = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = decodeEvent(line);
    if (event.type !== 'stepsCompleted') continue;
    done += event.losses.length;
    const [time, last] = [performance.now(), counts.at(-1)];
    if (last && time - last.time < burst) last.done = done;
    // Until then workers start.
    else if (done > 2 * steps) counts.push({ time, done });
  }
  await rm(output, { recursive: true });
  const [first, last] = [counts[0], counts.at(-1)];
  if (!first || !last || first === last) {
    throw new Error(
      'Anneal trained too little: does anneal engines list that engine? Then take more --steps.',
    );
  }
  return (1000 * (last.done - first.done)) / (last.time - first.time);
}

interface Timing {
  /** Seconds since 1970. */
  readonly begin: number;
  readonly end: number;
  readonly steps: number;
}

/** Some processes of a program at a time, each with its share of the cores. */
async function programSpeed(name: string, processes: number): Promise<number> {
  const threads = String(Math.max(1, Math.floor(cores / processes)));
  const args = [join('bench', 'frameworks', `${name}.py`), data, String(steps), threads];
  const outputs = await Promise.all(Array.from({ length: processes }, () => linesOf(python, args)));
  const timings = outputs.map((lines) => JSON.parse(lines.at(-1) ?? '') as Timing);
  const begin = Math.min(...timings.map((timing) => timing.begin));
  const end = Math.max(...timings.map((timing) => timing.end));
  return timings.reduce((sum, timing) => sum + timing.steps, 0) / (end - begin);
}

const onGpu = {
  PyTorch: () => programSpeed('pytorch', 1),
  'JAX, jitted': () => programSpeed('jax_jitted', 1),
  'JAX, jitted and mapped over 14 runs': () => programSpeed('jax_vmap', 1),
};
const onCpu = {
  'PyTorch, 1 process': () => programSpeed('pytorch', 1),
  [`PyTorch, ${cores} processes`]: () => programSpeed('pytorch', cores),
  'JAX, jitted': () => programSpeed('jax_jitted', 1),
  'JAX, as the tutorial prints it': () => programSpeed('jax_unjitted', 1),
};
const programs = values.engine === undefined ? onCpu : onGpu;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

const ratios = new Map<string, number[]>();
for (let round = 1; round <= rounds; round++) {
  const ours = await annealSpeed();
  print(`round ${round}: Anneal ${ours.toFixed(1)} steps/s`);
  for (const [name, measure] of Object.entries(programs)) {
    const theirs = await measure();
    ratios.set(name, [...(ratios.get(name) ?? []), ours / theirs]);
    print(`  ${name}: ${theirs.toFixed(1)} steps/s, ratio ${(ours / theirs).toFixed(2)}`);
  }
}
for (const [name, all] of ratios)
  print(`Anneal against ${name}: ${median(all).toFixed(2)} (median of ${rounds})`);
