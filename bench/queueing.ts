// node --import=tsx bench/queueing.ts [--rounds N]
//
// How long the host takes to queue a step of the webgpu engine, of a run alone and of 14 in lockstep: on
// Dawn's null device, which computes nothing. A GPU cannot be faster than that. Needs `npm run setup`.
import { parseArgs } from 'node:util';
import { onTestGpu } from '../test/support/gpuProgram.ts';
import type { QueuedSteps } from '../test/runner/engines/webgpu/queuedSteps.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
for (let round = 1; round <= Number(values.rounds); round++) {
  const program = 'test/runner/engines/webgpu/queuedSteps.ts';
  const { alone, inLockstep } = await onTestGpu<QueuedSteps>(program);
  const [one, many] = [alone, inLockstep].map(({ milliseconds }) => milliseconds.toFixed(2));
  process.stdout.write(`${one} ms a step, ${many} ms one of ${inLockstep.runs} runs in lockstep\n`);
}
