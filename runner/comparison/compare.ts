import { existsSync } from 'node:fs';
import { makeFolder } from '../durableFile.ts';
import { candidatesFor, chooseEngine } from '../engines/choice.ts';
import type { EngineName } from '../engines/engines.ts';
import { cannotWrite, InputError } from '../inputError.ts';
import { comparisonFolder, hideFromGit, type ComparisonFolder } from './folder.ts';
import { ownFolder } from './ownFolder.ts';
import { writePlan, type Plan } from './plan.ts';
import { saveLabels } from './predictions.ts';
import { trainLeft, workersFor, type ComparisonOutcome, type SessionOptions } from './session.ts';

export type { ComparisonOutcome } from './session.ts';

export interface ComparisonOptions extends SessionOptions {
  readonly plan: Plan;
  /** The folder of this comparison; made where it is missing. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly engine: EngineName | 'auto';
}

/**
 * Trains every run of a plan in worker processes and tells each event once the journal has it. A run
 * that fails does not stop the others.
 *
 * @throws InputError where the folder cannot be used, no engine comes up or the disk is full.
 */
export async function compare(options: ComparisonOptions): Promise<ComparisonOutcome> {
  const { plan, dataFolder, report, signal } = options;
  const folder = comparisonFolder(options.folder);
  requireUnused(folder);
  const workers = workersFor(plan.runs.length, options.parallel);
  options.prepare?.('Starting the engine', null);
  const engine = await chooseEngine(candidatesFor(options.engine), workers, report, signal);
  try {
    return await ownFolder(folder, async () => {
      requireUnused(folder);
      await prepare(folder, { ...plan, engine: engine.program.engine }, dataFolder);
      return trainLeft({ folder, plan, state: undefined }, engine, dataFolder, options);
    });
  } finally {
    engine.firstWorker.end();
  }
}

function requireUnused({ path, events }: ComparisonFolder): void {
  if (existsSync(events)) {
    throw new InputError(`${path} holds a comparison already; name another with --output.`);
  }
}

async function prepare(folder: ComparisonFolder, plan: Plan, dataFolder: string): Promise<void> {
  try {
    await makeFolder(folder.path);
    await hideFromGit(folder);
    await saveLabels(folder, dataFolder, plan.settings.testExamples);
    await writePlan(folder.plan, plan);
  } catch (error) {
    throw cannotWrite(folder.path, error);
  }
}
