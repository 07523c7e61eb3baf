import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../../../durableFile.ts';
import { fileName } from '../../folder.ts';
import { joinedState, type OpenComparison } from '../../openComparison.ts';
import { eventsOf } from '../../opening.ts';
import { collectSteps, type RunSteps } from '../../runSteps.ts';
import type { RunState } from '../../runStates.ts';
import { tfRecords } from './records.ts';
import { scalarEvent, versionEvent } from './scalarEvent.ts';

/**
 * Writes event files for TensorBoard, a folder for each run: `loss` and `learning_rate` of each step,
 * `epoch_loss` and `accuracy` of each epoch. When a comparison is written again to the same folder, its
 * files are replaced.
 *
 * @throws InputError where a file cannot be written or the journal cannot be read.
 */
export async function writeEventFiles(open: OpenComparison, path: string): Promise<void> {
  const begin = await startTime(open);
  const steps = await collectSteps(eventsOf(open));
  for (const run of joinedState(open).runs.values()) {
    const events = runEvents(run, steps.get(run.run), begin);
    const file = `events.out.tfevents.${Math.floor(begin)}.anneal`;
    await writeDurably(join(path, fileName(run.run), file), tfRecords(events));
  }
}

/** Seconds since 1970: plans are written when a comparison starts, and never again. */
async function startTime({ parts }: OpenComparison): Promise<number> {
  const [first] = parts;
  const plan = first && (await stat(first.folder.plan).catch(() => undefined));
  return (plan?.mtimeMs ?? 0) / 1000;
}

function runEvents(
  { epochs }: RunState,
  steps: RunSteps | undefined,
  begin: number,
): readonly Uint8Array[] {
  const events = [versionEvent(begin)];
  let time = begin;
  const times = (steps?.seconds ?? []).map((seconds) => (time += finiteOr0(seconds)));
  steps?.losses.forEach((loss, step) => {
    const scalars = { loss, learning_rate: steps.learningRates[step] ?? NaN };
    events.push(scalarEvent({ time: times[step] ?? time, step, scalars }));
  });
  for (const { epoch, loss, accuracy, seconds } of epochs) {
    begin += finiteOr0(seconds);
    events.push(scalarEvent({ time: begin, step: epoch, scalars: { epoch_loss: loss, accuracy } }));
  }
  return events;
}

const finiteOr0 = (seconds: number): number => (Number.isFinite(seconds) ? seconds : 0);
