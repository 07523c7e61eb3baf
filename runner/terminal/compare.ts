import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { otherOptimizers, reducedOptimizers } from '../../schedules/comparing/comparable.ts';
import { comparisonName } from '../../schedules/comparing/comparisonName.ts';
import type { Settings } from '../../schedules/reading/reading.ts';
import { compare } from '../comparison/compare.ts';
import { comparisonsFolder } from '../comparison/folder.ts';
import { makePlan } from '../comparison/plan.ts';
import type { EngineName } from '../engines/engines.ts';
import { assumptionLines } from './assumptionLines.ts';
import { chosenSchedules } from './chosenSchedules.ts';
import { findingLine, hasErrors, readScheduleFile } from './files.ts';
import { resumeComparison } from './resume.ts';
import { settingsOf, type SettingOptions } from './settings.ts';
import { trainOnTerminal, type TrainingOptions } from './training.ts';
import { exitCodes } from './exitCodes.ts';
import { checkSettings, UsageError } from './usage.ts';

export interface CompareOptions extends SettingOptions, TrainingOptions {
  readonly only?: string;
  readonly set: Settings;
  readonly engine?: EngineName | 'auto';
  readonly output?: string;
  readonly resume?: string;
  readonly fresh?: boolean;
}

/** `anneal compare FILE...`: trains under every schedule of the files. */
export async function compareFiles(
  files: readonly string[],
  options: CompareOptions,
): Promise<number> {
  if (options.resume !== undefined) return resumeComparison(options.resume, files, options);
  if (files.length === 0) throw new UsageError('anneal compare needs a file with schedules.');
  const read = await Promise.all(
    [...new Set(files)].map((file) => readScheduleFile(file, options.set)),
  );
  checkSettings(options.set, read);
  for (const { file, findings } of read) {
    for (const finding of findings) process.stderr.write(`${findingLine(file, finding)}\n`);
  }
  if (read.some(hasErrors)) return exitCodes.failed;
  for (const name of new Set(read.flatMap(({ reading }) => otherOptimizers(reading)))) {
    process.stderr.write(
      `The code trains with ${name}, which Anneal has not; those runs train with plain sgd.\n`,
    );
  }
  for (const optimizer of new Set(read.flatMap(({ reading }) => reducedOptimizers(reading)))) {
    process.stderr.write(`Runs train with ${optimizer}, which Anneal has not.\n`);
  }
  for (const line of assumptionLines(read, options.only)) process.stderr.write(`${line}\n`);

  const settings = settingsOf(read, options);
  const folder = options.output ?? newFolder(files);
  const schedules = chosenSchedules(read, options.only);
  const planned = makePlan(basename(resolve(folder)), schedules, settings, options.seeds);
  const plan = { ...planned, ...(options.fresh && { fresh: true }) };
  return trainOnTerminal(folder, options, async (session) => {
    const dataFolder = await session.findDataFolder();
    return compare({ ...session, plan, folder, dataFolder, engine: options.engine ?? 'auto' });
  });
}

/** A folder for a new comparison; never one that is there, wherever the clock stands. */
function newFolder(files: readonly string[]): string {
  const first = join(comparisonsFolder, comparisonName(files[0] ?? 'comparison'));
  let folder = first;
  for (let n = 2; existsSync(folder); n++) folder = `${first}-${n}`;
  return folder;
}
