import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { Command, Option } from 'commander';
import { compare } from '../comparison/compare.ts';
import { makePlan } from '../comparison/plan.ts';
import { readComparison } from '../comparison/readComparison.ts';
import { findData } from '../data/find.ts';
import { engineNames, type EngineName } from '../engines/engines.ts';
import { writeDurably } from '../durableFile.ts';
import { InputError, messageOf } from '../inputError.ts';
import { readScheduleFile } from '../terminal/files.ts';
import { displayOn } from '../terminal/progress.ts';
import { settingsOf } from '../terminal/settings.ts';
import {
  accuracyDeviation,
  deviationsOf,
  figuresOutside,
  lossDeviation,
  printedRuns,
  type Deviation,
} from './deviations.ts';
import { reproductionDocument, spreadText } from './document.ts';
import { explains, spreadOf, type Spread, type SpreadOptions } from './spread.ts';

/*
 * `npm run reproduce`: trains the tutorial's 14 runs and sets all 140 epochs beside the printed
 * ones. Ends with exit code 1 where an epoch is outside of the tolerance and rounding alone does
 * not explain it.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

interface ReproduceOptions {
  readonly engine: EngineName | 'auto';
  readonly data?: string;
  readonly from?: string;
  readonly write?: boolean;
}

async function reproduce(options: ReproduceOptions): Promise<boolean> {
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
  });
  const display = displayOn(process.stderr);
  const dataFolder = await findData({
    data: options.data,
    report: display.report,
    signal: stop.signal,
  });
  const temporary = await mkdtemp(join(tmpdir(), 'anneal-reproduction-'));
  const common = {
    dataFolder,
    engine: options.engine,
    signal: stop.signal,
    report: display.report,
    onEvent: display.show,
  };
  try {
    const path = options.from ?? join(temporary, 'comparison');
    if (options.from === undefined) await trainAll({ ...common, folder: path });
    display.end();
    const { plan, state } = await readComparison(path);

    const deviations = deviationsOf(state);
    process.stdout.write(`${deviationTable(deviations)}\n`);
    const spreads: Spread[] = [];
    for (const deviation of deviations.filter((epoch) => figuresOutside(epoch).length > 0)) {
      const moved = displayOn(process.stderr);
      const place = join(temporary, `spread-${spreads.length}`);
      const study = { ...common, folder: place, report: moved.report, onEvent: moved.show };
      spreads.push(await spreadOf(deviation, plan, study));
      moved.end();
      process.stdout.write(`${spreads.map(spreadText).at(-1) ?? ''}\n`);
    }
    const seconds = state.seconds ?? NaN;
    if (options.write) {
      const page = reproductionDocument(state.started, seconds, deviations, spreads);
      await writeDurably(join(root, 'docs/reproduction.md'), page);
    }
    const failures = spreads.filter((spread) => !explains(spread)).length;
    process.stdout.write(
      `${deviations.length - spreads.length} of ${deviations.length} epochs agree, ` +
        `${spreads.length - failures} are chaotic, ${failures} are outside.\n`,
    );
    return failures === 0;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function trainAll(options: SpreadOptions): Promise<void> {
  const file = await readScheduleFile(join(root, 'examples/tutorial.schedules.json'), {});
  const schedules = file.reading.definitions.flatMap(({ name, function: f, schedule }) =>
    schedule && printedRuns.includes(name)
      ? [{ name, function: f, schedule: schedule.schedule }]
      : [],
  );
  const plan = makePlan('reproduction', schedules, settingsOf([file], {}));
  const outcome = await compare({ ...options, plan });
  if (outcome === 'stopped') throw new InputError('Stopped before all runs were trained.');
}

function deviationTable(deviations: readonly Deviation[]): string {
  const table = new Table({
    head: [
      'Run',
      'Epoch',
      'Loss printed',
      'trained',
      '%',
      'Accuracy printed',
      'trained',
      '+/-',
      '',
    ],
    style: { head: [], border: [], compact: true },
  });
  for (const deviation of deviations) {
    const { run, epoch, printed, trained } = deviation;
    table.push([
      run,
      epoch,
      printed.loss.toFixed(3),
      trained.loss.toFixed(3),
      (lossDeviation(deviation) * 100).toFixed(3),
      printed.accuracy.toFixed(3),
      trained.accuracy.toFixed(4),
      accuracyDeviation(deviation).toFixed(4),
      figuresOutside(deviation).join(', '),
    ]);
  }
  return table.toString();
}

await new Command('reproduce')
  .description("Trains the tutorial's 14 runs and compares all 140 epochs with the printed ones.")
  .addOption(new Option('--engine <NAME>').choices(['auto', ...engineNames]).default('auto'))
  .option('--data <DIR>', 'folder of the four files of Fashion-MNIST')
  .option('--from <DIR>', 'take the runs of a comparison that was trained already')
  .option('--write', 'write docs/reproduction.md')
  .action(async (options: ReproduceOptions) => {
    process.exitCode = (await reproduce(options)) ? 0 : 1;
  })
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  });
