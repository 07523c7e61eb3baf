/**
 * What comparisons cost the extension host: one of 14 runs and 6 epochs, replayed at 20 times its
 * speed with nothing training beside it, and one of a million steps that is opened. In VS Code's own
 * extension host; how fast the page draws is measured by bench/comparePage.ts.
 *
 *   npm run build && node --import=tsx bench/comparisons.ts
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePlan } from '../runner/comparison/plan.ts';
import { encodeEvent } from '../runner/protocol.ts';
import { syntheticEvents, type SyntheticOptions } from '../test/support/syntheticComparison.ts';
import { runExtensionSuite } from '../test/support/vscode/extensionSuite.ts';

const folder = await mkdtemp(join(tmpdir(), 'anneal-bench-'));
await write('live', { epochs: 6, stepsPerMessage: 5 });
await write('large', { runs: 10, epochs: 100, stepsPerEpoch: 1000, stepsPerMessage: 10 });
// In place of a Node that trains, one that replays.
const replay = join(import.meta.dirname, 'vscode', 'replay.mjs');
const program = join(folder, 'node');
await writeFile(program, `#!/bin/sh\n[ "$1" = -p ] && exec node "$@"\nexec node '${replay}'\n`);
await chmod(program, 0o755);
process.env['ANNEAL_BENCH'] = folder;
process.exitCode = await runExtensionSuite(['bench/vscode/comparisons.test.ts']);
await rm(folder, { recursive: true });

/** A comparison on the disk, as a runner reads it. */
async function write(name: string, options: SyntheticOptions): Promise<void> {
  const events = syntheticEvents(options);
  const [started] = events;
  if (started?.type !== 'comparisonStarted') throw new Error('The events have no start.');
  const runs = started.runs.map(({ run, schedule, seed, function: f, totalSteps }) => ({
    ...{ run, schedule, seed, function: f },
    learningRates: new Float32Array(totalSteps).fill(1e-4),
  }));
  await mkdir(join(folder, name));
  const lines = events.map((event) => `${encodeEvent(event)}\n`);
  await writeFile(join(folder, name, 'events.jsonl'), lines.join(''));
  await writePlan(join(folder, name, 'plan.json'), {
    comparison: name,
    settings: started.settings,
    runs,
  });
}
