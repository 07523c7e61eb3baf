import { comparisonFolder } from '../comparison/folder.ts';
import { readPlan } from '../comparison/plan.ts';
import { resume } from '../comparison/resume.ts';
import type { EngineName } from '../engines/engines.ts';
import { splitNames } from './onlyNames.ts';
import { trainOnTerminal, type TrainingOptions } from './training.ts';
import { UsageError } from './usage.ts';

export interface ResumeOptions extends TrainingOptions {
  readonly engine?: EngineName | 'auto';
  readonly only?: string;
}

/** `anneal compare --resume DIR`: goes on where a comparison ended. */
export async function resumeComparison(
  folder: string,
  files: readonly string[],
  options: ResumeOptions,
): Promise<number> {
  if (files.length > 0) {
    throw new UsageError(`--resume ${folder} goes on with its own schedules; name no file.`);
  }
  const { engine } = options;
  const only = options.only === undefined ? undefined : await runNames(folder, options.only);
  return trainOnTerminal(folder, options, (session) =>
    resume({ ...session, folder, engine, only }),
  );
}

async function runNames(folder: string, only: string): Promise<readonly string[]> {
  const { runs } = await readPlan(comparisonFolder(folder).plan);
  return splitNames(
    only,
    runs.map(({ run }) => run),
    'run',
  );
}
