// node bench/engines.mjs [--rounds N]
//
// Steps a second of each engine, and peak memory of its worker: one run, one worker, real data.
// tensorflow is measured in turn with tfjs-node as it comes (its stock gradients), so that both see
// the same moments of a noisy machine; the ratio is what counts. Needs `npm run setup`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { anneal, root } from '../scripts/environment.mjs';

const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 3;
const warmUpSteps = 5;

/**
 * @param {string} engine
 * @param {number} steps
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ stepsPerSecond: number, megabytes: number }>}
 */
async function measure(engine, steps, env = {}) {
  const output = mkdtempSync(join(tmpdir(), 'anneal-bench-'));
  const child = spawn(
    process.execPath,
    [
      anneal,
      'compare',
      'examples/tutorial.schedules.json',
      ...['--only', 'Constant Learning Rate', '--epochs', '1', '--engine', engine],
      ...['--train-examples', String(256 * steps), '--test-examples', '1000'],
      ...['--parallel', '1', '--json', '--output', join(output, 'comparison')],
    ],
    { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let started = { step: 0, time: 0 };
  let ended = started;
  let megabytes = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (event.type !== 'stepsCompleted') continue;
    ended = { step: event.firstStep + event.losses.length, time: performance.now() };
    if (started.step === 0 && ended.step >= warmUpSteps) started = ended;
    megabytes = Math.max(megabytes, peakMemoryOfChildren(child.pid ?? 0));
  }
  rmSync(output, { recursive: true });
  if (ended.step < steps) throw new Error(`${engine} trained ${ended.step} of ${steps} steps.`);
  const seconds = (ended.time - started.time) / 1000;
  return { stepsPerSecond: (ended.step - started.step) / seconds, megabytes };
}

/**
 * The most memory that any child of a process has held so far, in MB; 0 where /proc does not tell.
 *
 * @param {number} parent
 */
function peakMemoryOfChildren(parent) {
  try {
    const children = readdirSync('/proc').filter(
      (id) => /^\d+$/.test(id) && parentOf(id) === parent,
    );
    return Math.max(
      0,
      ...children.map((id) => Number(/VmHWM:\s+(\d+)/.exec(status(id))?.[1]) / 1024),
    );
  } catch {
    return 0;
  }
}

/** @param {string} id */
const status = (id) => readFileSync(`/proc/${id}/status`, 'utf8');

/** @param {string} id */
function parentOf(id) {
  try {
    return Number(/PPid:\s+(\d+)/.exec(status(id))?.[1]);
  } catch {
    return -1; // ended meanwhile
  }
}

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const ratios = [];
for (let round = 1; round <= rounds; round++) {
  const ours = await measure('tensorflow', 150);
  const stock = await measure('tensorflow', 80, { ANNEAL_NETWORK: 'stock' });
  ratios.push(ours.stepsPerSecond / stock.stepsPerSecond);
  console.log(
    `round ${round}: tensorflow ${ours.stepsPerSecond.toFixed(1)} steps/s (${ours.megabytes.toFixed(0)} MB), ` +
      `stock gradients ${stock.stepsPerSecond.toFixed(1)} steps/s, ratio ${ratios.at(-1)?.toFixed(2)}`,
  );
}
console.log(`tensorflow against its stock gradients: ${median(ratios).toFixed(2)} (median)`);
const wasm = await measure('wasm', 20);
console.log(
  `wasm: ${wasm.stepsPerSecond.toFixed(2)} steps/s (${wasm.megabytes.toFixed(0)} MB), ` +
    `235 steps in ${(235 / wasm.stepsPerSecond).toFixed(0)} s`,
);
