import { resume } from '../comparison/resume.ts';
import type { EngineName } from '../engines/engines.ts';
import { trainOnTerminal, type TrainingOptions } from './training.ts';
import { UsageError } from './usage.ts';

export interface ResumeOptions extends TrainingOptions {
  readonly engine?: EngineName | 'auto';
}

/** `anneal compare --resume DIR`: goes on where a comparison ended. */
export function resumeComparison(
  folder: string,
  files: readonly string[],
  options: ResumeOptions,
): Promise<number> {
  if (files.length > 0) {
    throw new UsageError(`--resume ${folder} goes on with its own schedules; name no file.`);
  }
  const { engine } = options;
  return trainOnTerminal(folder, options, (session) => resume({ ...session, folder, engine }));
}
