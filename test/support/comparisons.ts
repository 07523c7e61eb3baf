import { readFile } from 'node:fs/promises';
import { readCheckpoint } from '../../runner/comparison/checkpoints.ts';
import { comparisonFolder } from '../../runner/comparison/folder.ts';
import { readJournal } from '../../runner/comparison/journal.ts';
import { readComparison } from '../../runner/comparison/readComparison.ts';
import type { ComparisonEvent } from '../../runner/protocol.ts';

export type EventOf<Type extends ComparisonEvent['type']> = Extract<
  ComparisonEvent,
  { type: Type }
>;

export function ofType<Type extends ComparisonEvent['type']>(
  events: readonly ComparisonEvent[],
  type: Type,
): readonly EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

/** The events of a comparison, by its folder. */
export const eventsIn = (path: string): Promise<readonly ComparisonEvent[]> =>
  readJournal(comparisonFolder(path).events);

/**
 * All that must not depend on what happened on the way to it, by the folder of a comparison: of each
 * run how it ended, its epochs' figures, the rates and losses of its steps, its predictions and its
 * last weights.
 */
export async function resultsIn(path: string): Promise<unknown> {
  const { state } = await readComparison(path);
  const events = await eventsIn(path);
  const folder = comparisonFolder(path);
  const runs = [...state.runs.values()].map(async ({ run, status, epochs, steps }) => {
    const last = await readCheckpoint(
      `${folder.checkpoints(run)}/epoch-${epochs.length}.safetensors`,
    );
    const predictions = epochs.map(({ epoch }) =>
      readFile(`${folder.predictions(run)}/epoch-${epoch}.u8`),
    );
    const losses: number[] = [];
    for (const event of ofType(events, 'stepsCompleted')) {
      if (event.run === run) losses.splice(event.firstStep, Infinity, ...event.losses);
    }
    return {
      run,
      status,
      steps,
      epochs: epochs.map(({ seconds: _, ...figures }) => figures),
      losses,
      predictions: await Promise.all(predictions),
      parameters: last.parameters,
      optimizer: last.optimizer,
    };
  });
  return Promise.all(runs);
}
