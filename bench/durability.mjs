// node bench/durability.mjs [--engine NAME] [--epochs N] [--optimizer NAME]
//
// What it costs that nothing is lost: the part of a run's time that goes into checkpoints,
// predictions and the journal. One run, one worker, real data, whole epochs. An epoch is told once it
// is saved, so what lies between two of them and is not the epoch's own time is the saving. Within
// epochs there is a checkpoint each minute, which is reckoned to cost as much as one at an end does.
// Needs `npm run setup`.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { anneal } from '../scripts/environment.mjs';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'tensorflow' },
    epochs: { type: 'string', default: '4' },
    optimizer: { type: 'string', default: 'adam' },
  },
});
const { engine, epochs, optimizer } = values;

const folder = mkdtempSync(join(tmpdir(), 'anneal-bench-'));
const file = join(folder, 'a.schedules.json');
const schedule = { function: 'constant_schedule', args: { value: 1e-4 }, name: 'constant' };
writeFileSync(file, JSON.stringify({ training: { optimizer }, schedules: [schedule] }));
const child = spawn(
  process.execPath,
  [
    anneal,
    'compare',
    file,
    ...['--engine', engine, '--epochs', epochs, '--parallel', '1', '--json', '--fresh'],
    ...['--output', join(folder, 'comparison')],
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);

const minute = 60;
let before = NaN;
let trained = 0;
/** Seconds of each saving. */
const savings = [];
for await (const line of createInterface({ input: child.stdout })) {
  const event = JSON.parse(line);
  if (event.type !== 'epochCompleted') continue;
  const now = performance.now() / 1000;
  // What comes before the first epoch is not only that epoch.
  if (!Number.isNaN(before)) {
    savings.push(now - before - event.seconds);
    trained += event.seconds;
  }
  before = now;
}
rmSync(folder, { recursive: true });

const saved = savings.reduce((sum, seconds) => sum + seconds, 0);
const each = saved / savings.length;
console.log(
  `${engine}, ${optimizer}: an epoch of ${(trained / savings.length).toFixed(1)} s is saved in ` +
    `${(each * 1000).toFixed(0)} ms (${savings.map((s) => (s * 1000).toFixed(0)).join(', ')}).`,
);
const share = (saved + (trained / minute) * each) / trained;
console.log(`Durability costs ${(share * 100).toFixed(2)} % of the training time.`);
