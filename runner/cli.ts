#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { Settings } from '../schedules/reading/reading.ts';
import { engineNames } from './engines/engines.ts';
import { comparisonsFolder } from './comparison/folder.ts';
import { check } from './terminal/check.ts';
import { clean, type CleanOptions } from './terminal/clean.ts';
import { compareFiles, type CompareOptions } from './terminal/compare.ts';
import { curves, type CurvesOptions } from './terminal/curves.ts';
import { installEngine, listEngines } from './terminal/engines.ts';
import { exportFormats } from './protocol.ts';
import { report, type ReportOptions } from './terminal/report.ts';
import { exitCodes } from './terminal/exitCodes.ts';
import {
  collectSetting,
  StoppedError,
  stepList,
  UsageError,
  wholeNumber,
} from './terminal/usage.ts';
import { messageOf } from './inputError.ts';

/** Options of `compare` that a comparison which goes on has decided already. */
const planOptions = [
  'set',
  'epochs',
  'batchSize',
  'trainExamples',
  'testExamples',
  'seed',
  'seeds',
  'shuffle',
  'lossReduction',
  'output',
  'fresh',
];

/** `anneal`, the program for terminals. */
function program(exit: (code: number) => void): Command {
  const anneal = new Command('anneal')
    .description('Learning-rate schedules of Optax: their curves, and which one trains best.')
    .version(packageJson.version)
    .option('--verbose', 'show the stack traces of errors')
    .showHelpAfterError('(anneal --help and anneal COMMAND --help tell the usage)')
    .exitOverride();
  const setOption = () =>
    new Option('--set <NAME=VALUE>', 'give a name of the file another value; may be repeated')
      .argParser<Settings>(collectSetting)
      .default({}, 'none');

  anneal
    .command('curves <FILE>')
    .description('print the learning rates of every schedule of a file')
    .addOption(
      new Option('--at <STEPS>', 'exactly these steps: 0,1,100')
        .argParser(stepList)
        .conflicts('steps'),
    )
    .option('--steps <N>', 'steps 0 to N-1', wholeNumber(1))
    .addOption(setOption())
    .addOption(new Option('--json', 'print JSON').conflicts('svg'))
    .option('--svg <DIR>', 'write a picture of each schedule into a folder and print its path')
    .action(async (file: string, options: CurvesOptions) => {
      exit(await curves(file, options));
    });

  anneal
    .command('check <FILE...>')
    .description('tell what is wrong with the schedules of some files')
    .option('--json', 'print JSON')
    .action(async (files: string[], options: { json?: boolean }) => {
      exit(await check(files, options));
    });

  anneal
    .command('compare [FILE...]')
    .description("train the tutorial's CNN on Fashion-MNIST under every schedule of some files")
    .option('--only <NAMES>', 'only these schedules (of --resume: runs), with commas between')
    .addOption(setOption())
    .option('--epochs <N>', "epochs to train for (default: the file's, else 10)", wholeNumber(1))
    .option('--batch-size <N>', "images in a batch (default: the file's, else 256)", wholeNumber(1))
    .option('--train-examples <N>', 'train on the first N images', wholeNumber(1))
    .option('--test-examples <N>', 'test on the first N images', wholeNumber(1))
    .option('--seed <N>', "of the starting weights (default: the file's, else 0)", wholeNumber(0))
    .option(
      '--seeds <N>',
      'train each schedule N times, from the weights of N seeds',
      wholeNumber(1),
    )
    .option('--shuffle', 'take the images in another order in each epoch, made from the seed')
    .addOption(
      new Option('--loss-reduction <HOW>', 'how the losses of a batch become one').choices([
        'sum',
        'mean',
      ]),
    )
    .addOption(
      new Option(
        '--engine <NAME>',
        'what trains (default: auto; of --resume the one before)',
      ).choices(['auto', ...engineNames]),
    )
    .option('--parallel <N>', 'runs that train at a time', wholeNumber(1))
    .option('--data <DIR>', 'folder of the four files of Fashion-MNIST')
    .option('--output <DIR>', 'folder of this comparison (default: a new one in .anneal/)')
    .addOption(
      new Option('--resume <DIR>', 'go on with a comparison that was stopped').conflicts(
        planOptions,
      ),
    )
    .option(
      '--checkpoint-every <SECONDS>',
      'within an epoch, save what is trained this often (default: 60)',
      wholeNumber(1),
    )
    .option('--fresh', 'train every run, also one that was trained before')
    .option('--json', 'print the events, one JSON object a line')
    .action(async (files: string[], options: CompareOptions) => {
      exit(await compareFiles(files, options));
    });

  const engines = anneal
    .command('engines')
    .description('tell what can train here, on which device, and how to get the rest')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      exit(await listEngines(options));
    });
  engines
    .command('install')
    .description('make an engine ready: finds or fetches its library and builds what it needs')
    .addArgument(engines.createArgument('<ENGINE>', 'the engine').choices(['tensorflow']))
    .option('--gpu', "with CUDA for NVIDIA's cards on Linux (fetches up to 4 GB)")
    .action(async (_engine: string, { gpu }: { gpu?: boolean }) => {
      const interruption = new AbortController();
      process.once('SIGINT', () => {
        interruption.abort(new StoppedError('Stopped; run it again to go on where it was.'));
      });
      exit(await installEngine({ gpu, signal: interruption.signal }));
    });

  anneal
    .command('report <DIR>')
    .description('write the report of a comparison into its folder')
    .addOption(
      new Option('--format <NAMES>', `${exportFormats.join(', ')}, with commas between`)
        .argParser(nameList)
        .default(['html']),
    )
    .option('--data <DIR>', 'folder of Fashion-MNIST, for pictures of the test images')
    .action(async (folder: string, options: ReportOptions) => {
      exit(await report(folder, options));
    });

  anneal
    .command('clean [DIR]')
    .description('show what comparisons take on the disk, and remove what you agree to')
    .option('--keep <N>', 'leave the newest N comparisons as they are', wholeNumber(0))
    .option(
      '--checkpoints-only',
      "remove only old checkpoints: results and each run's last ones stay",
    )
    .option('--yes', 'remove without asking')
    .action(async (folder: string | undefined, options: CleanOptions) => {
      exit(await clean(folder ?? comparisonsFolder, options));
    });
  return anneal;
}

function nameList(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('give names with commas between.');
  return names;
}

/** Every error becomes a sentence on stderr and an exit code. */
function fail(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  }
  const verbose = process.argv.includes('--verbose');
  const message = messageOf(error);
  process.stderr.write(`${verbose && error instanceof Error ? error.stack : message}\n`);
  if (error instanceof StoppedError) return exitCodes.stopped;
  return error instanceof UsageError ? exitCodes.wrongUsage : exitCodes.failed;
}

// A reader of our output that has seen enough, such as `head`, is not an error; but a comparison
// that nobody reads any more is stopped, and can be resumed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  const compares = process.argv.includes('compare');
  if (error.code !== 'EPIPE') process.exit(exitCodes.failed);
  process.exit(compares ? exitCodes.stopped : exitCodes.done);
});
process.stderr.on('error', () => undefined);

try {
  await program((code) => {
    process.exitCode = code;
  }).parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}
