import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { readPlan } from '../../../runner/comparison/plan.ts';
import { loadDataset } from '../../../runner/data/dataset.ts';
import { findEngine, type EngineName } from '../../../runner/engines/engines.ts';
import { decodeEvent, type ComparisonEvent } from '../../../runner/protocol.ts';
import { parameterNames, parameterShapes } from '../../../runner/training/parameters.ts';
import { decodeSafetensors } from '../../../runner/training/safetensors.ts';
import { anneal, type Outcome } from '../../support/anneal.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { constant, linear, scheduleFile, tinyTraining } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

type EventOf<Type extends ComparisonEvent['type']> = Extract<ComparisonEvent, { type: Type }>;

const steps = 8;
const runs = ['steady', 'diverging', 'a/b: falling 🚀'];

/** What a comparison printed and left on the disk. */
interface Compared {
  readonly outcome: Outcome;
  readonly events: readonly ComparisonEvent[];
  readonly folder: string;
}

function ofType<Type extends ComparisonEvent['type']>(
  events: readonly ComparisonEvent[],
  type: Type,
): readonly EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

function ofRun(events: readonly ComparisonEvent[], run: string): readonly ComparisonEvent[] {
  return events.filter((event) => 'run' in event && event.run === run);
}

describe('anneal compare --json', function () {
  this.timeout(120_000);
  const temporary = temporaryFolder();
  const compared = new Map<EngineName, Compared>();

  before(async () => {
    const text = scheduleFile({
      names: { peak: 1e-3 },
      training: tinyTraining,
      schedules: [
        constant('steady', 1e-4),
        constant('diverging', 1e3),
        linear(runs[2]!, 'peak', 8),
      ],
    });
    await writeFile(temporary.path('a.schedules.json'), text);
    for (const engine of ['wasm', 'tensorflow'] as const) {
      if ((await findEngine(engine)).state === 'missing') continue;
      const args = ['compare', 'a.schedules.json', '--set', 'peak=1e-4', '--engine', engine];
      const data = ['--data', await fashionMnistFolder(), '--output', engine, '--json'];
      const outcome = await anneal([...args, ...data], { cwd: temporary.path() });
      const events = outcome.stdout.trimEnd().split('\n').map(decodeEvent);
      compared.set(engine, { outcome, events, folder: temporary.path(engine) });
    }
  });

  for (const engine of ['wasm', 'tensorflow'] as const) {
    describe(`on the ${engine} engine`, () => {
      let outcome: Outcome;
      let events: readonly ComparisonEvent[];
      let folder: string;

      before(function () {
        const found = compared.get(engine);
        if (!found) return this.skip();
        ({ outcome, events, folder } = found);
      });

      it('begins with what is compared and ends with its end', () => {
        const [first, last] = [events[0], events.at(-1)];
        assert.ok(first?.type === 'comparisonStarted');
        assert.equal(first.comparison, engine);
        assert.equal(first.engine, engine);
        assert.match(first.device, /, /, 'the version of the library and the device');
        assert.deepEqual(first.settings, {
          epochs: 2,
          batchSize: 64,
          trainExamples: 256,
          testExamples: 64,
          seed: 0,
          shuffle: false,
          lossReduction: 'sum',
          optimizer: {
            name: 'sgd',
            args: { momentum: null, nesterov: false },
            clipByGlobalNorm: null,
          },
        });
        const source = temporary.path('a.schedules.json');
        const definitions = [
          { function: 'constant_schedule', args: { value: 1e-4 } },
          { function: 'constant_schedule', args: { value: 1e3 } },
          {
            function: 'linear_schedule',
            args: { init_value: 1e-4, end_value: 0, transition_steps: 8 },
          },
        ];
        assert.deepEqual(
          first.runs,
          definitions.map((definition, i) => ({
            run: runs[i],
            name: runs[i],
            schedule: runs[i],
            seed: 0,
            function: definition.function,
            totalSteps: steps,
            source,
            definition,
          })),
        );
        assert.ok(last?.type === 'comparisonCompleted' && last.seconds > 0);
        assert.equal(ofType(events, 'comparisonStarted').length, 1);
        assert.equal(ofType(events, 'comparisonCompleted').length, 1);
      });

      it('tells of each run its start, every step in order, each epoch behind its steps', () => {
        for (const run of [runs[0]!, runs[2]!]) {
          const [start, ...rest] = ofRun(events, run);
          assert.deepEqual(start, { type: 'runStarted', run, fromEpoch: 1, fromStep: 0 });
          assert.equal(rest.at(-1)?.type, 'runCompleted');
          let [step, epoch] = [0, 0];
          for (const event of rest.slice(0, -1)) {
            if (event.type === 'stepsCompleted') {
              assert.equal(event.firstStep, step);
              assert.equal(event.losses.length, event.learningRates.length);
              assert.ok(event.stepsPerSecond > 0);
              step += event.losses.length;
              assert.ok(step <= (epoch + 1) * (steps / 2), 'a step of the next epoch');
            } else {
              assert.ok(event.type === 'epochCompleted', event.type);
              assert.equal(event.epoch, ++epoch);
              assert.equal(step, epoch * (steps / 2));
            }
          }
          assert.deepEqual([step, epoch], [steps, 2]);
        }
      });

      it('trains each step at the rate of the plan, which is the curve', async () => {
        const plan = await readPlan(comparisonFolder(folder).plan);
        const falling = Array.from({ length: steps }, (_, i) => 1e-4 * (1 - i / steps));
        for (const { run, learningRates } of plan.runs) {
          const told = ofType(ofRun(events, run), 'stepsCompleted').flatMap(
            (event) => event.learningRates,
          );
          assert.deepEqual(told, [...learningRates].slice(0, told.length));
          if (run !== runs[2]) continue;
          falling.forEach((rate, i) => {
            assert.ok(Math.abs(learningRates[i]! - rate) < 1e-10, `${learningRates[i]} at ${i}`);
          });
        }
      });

      it('tells of an epoch the mean of its losses, its last rate, and the accuracy', async () => {
        const { test } = await loadDataset(await fashionMnistFolder(), { testExamples: 64 });
        for (const run of [runs[0]!, runs[2]!]) {
          const told = ofType(ofRun(events, run), 'stepsCompleted');
          const losses = told.flatMap((event) => event.losses);
          const rates = told.flatMap((event) => event.learningRates);
          for (const event of ofType(ofRun(events, run), 'epochCompleted')) {
            const end = event.epoch * (steps / 2);
            const ofEpoch = losses.slice(end - steps / 2, end);
            const mean = ofEpoch.reduce((a, b) => a + b) / ofEpoch.length;
            assert.ok(Math.abs(event.loss - mean) < 1e-9 * mean);
            assert.equal(event.learningRate, rates[end - 1]);
            const ofRunFolder = comparisonFolder(folder).predictions(run);
            const predicted = await readFile(`${ofRunFolder}/epoch-${event.epoch}.u8`);
            assert.equal(predicted.length, 64);
            const right = predicted.filter((label, i) => label === test.labels[i]).length;
            assert.equal(event.accuracy, right / 64);
          }
          const [end] = ofType(ofRun(events, run), 'runCompleted');
          assert.equal(end?.accuracy, ofType(ofRun(events, run), 'epochCompleted')[1]?.accuracy);
          assert.equal(end?.reused, false);
          assert.ok(losses[steps - 1]! < losses[0]!, 'it has not learned anything');
        }
      });

      it('reports a run that diverges as failed, and trains the others', () => {
        const told = ofRun(events, 'diverging');
        const losses = ofType(told, 'stepsCompleted').flatMap((event) => event.losses);
        const last = told.at(-1);
        assert.ok(last?.type === 'runFailed');
        const loss = losses.at(-1);
        assert.ok(!Number.isFinite(loss));
        const step = losses.length - 1;
        assert.equal(
          last.message,
          `diverged: the loss is ${loss} at step ${step}; a smaller peak or a longer warm-up may help`,
        );
        assert.equal(ofType(events, 'runCompleted').length, 2);
        assert.match(
          outcome.stderr,
          new RegExp(`^Some runs failed; the others are in ${engine}.$`, 'm'),
        );
        assert.equal(outcome.code, 1);
      });

      it('keeps the same events on the disk, and of every epoch weights under their Flax names', async () => {
        const paths = comparisonFolder(folder);
        assert.equal(await readFile(paths.events, 'utf8'), outcome.stdout);
        const files = await readdir(folder, { recursive: true });
        assert.deepEqual(
          files.filter((name) => name.includes('.')).sort(),
          [
            ...['checkpoints', 'predictions'].flatMap((kind) =>
              ['a%2fb%3a falling 🚀', 'steady'].flatMap((run) =>
                [1, 2].map(
                  (epoch) =>
                    `${kind}/${run}/epoch-${epoch}.${kind === 'checkpoints' ? 'safetensors' : 'u8'}`,
                ),
              ),
            ),
            'events.jsonl',
            'labels.u8',
            'plan.json',
          ].sort(),
        );
        const bytes = await readFile(`${paths.checkpoints('steady')}/epoch-2.safetensors`);
        const { tensors, metadata } = decodeSafetensors(bytes);
        assert.deepEqual(Object.keys(tensors).sort(), parameterNames);
        for (const name of parameterNames) {
          assert.deepEqual(tensors[name]?.shape, parameterShapes[name]);
        }
        assert.equal(metadata['step'], String(steps));
      });
    });
  }

  it('has the same losses on both engines', function () {
    const [wasm, tensorflow] = [compared.get('wasm'), compared.get('tensorflow')];
    if (!wasm || !tensorflow) return this.skip();
    for (const run of [runs[0]!, runs[2]!]) {
      const lossesOf = ({ events }: Compared) =>
        ofType(ofRun(events, run), 'stepsCompleted').flatMap(({ losses }) => losses);
      const expected = lossesOf(tensorflow);
      lossesOf(wasm).forEach((loss, i) => {
        assert.ok(Math.abs(loss / expected[i]! - 1) < 1e-4, `${loss}, ${expected[i]} at step ${i}`);
      });
    }
  });

  it('refuses a folder that holds a comparison, and leaves it as it is', async () => {
    const plan = comparisonFolder(temporary.path('wasm')).plan;
    const whole = await readFile(plan, 'utf8');
    const args = ['compare', 'a.schedules.json', '--engine', 'wasm', '--output', 'wasm'];
    const { code, stdout, stderr } = await anneal(args, { cwd: temporary.path() });
    assert.equal(stderr, 'wasm holds a comparison already; name another with --output.\n');
    assert.equal(stdout, '');
    assert.equal(code, 1);
    assert.equal(await readFile(plan, 'utf8'), whole);
  });

  describe('and its report', () => {
    const report = (...args: readonly string[]) =>
      anneal(['report', ...args], { cwd: temporary.path() });

    it('is written in every format, and its paths are printed', async () => {
      const { code, stdout, stderr } = await report('wasm', '--format', 'html,md,csv,json');
      assert.equal(stderr, '');
      assert.equal(code, 0);
      assert.deepEqual(
        stdout.trimEnd().split('\n'),
        ['html', 'md', 'csv', 'json'].map((format) => `wasm/report.${format}`),
      );
      assert.match(await readFile(temporary.path('wasm/report.html'), 'utf8'), /^<!doctype html>/);
    });

    it('has as Markdown a row for each run, the most accurate first, and what failed', async () => {
      const text = await readFile(temporary.path('wasm/report.md'), 'utf8');
      const rows = text.split('\n').filter((line) => /^\| (a\/b|steady|diverging)/.test(line));
      assert.equal(rows.length, 3);
      assert.match(rows[2]!, /^\| diverging \(failed\) \|/);
      const accuracies = rows.slice(0, 2).map((row) => Number(row.split(' | ')[1]));
      assert.ok(accuracies[0]! >= accuracies[1]!);
      assert.match(text, /2 epochs of 256 images in batches of 64, tested on 64; sgd, loss: sum/);
      assert.match(text, /^- diverging: diverged: the loss is/m);
    });

    it('has as CSV a row for each epoch, with the figures of the events', async () => {
      const text = await readFile(temporary.path('wasm/report.csv'), 'utf8');
      const epochs = ofType(compared.get('wasm')!.events, 'epochCompleted');
      const rowsOf = (run: string, f: string): readonly string[] =>
        ofType(epochs, 'epochCompleted')
          .filter((epoch) => epoch.run === run)
          .map(({ epoch, loss, accuracy, learningRate, seconds }) =>
            [run, f, epoch, loss, accuracy, learningRate, seconds].join(),
          );
      const figures = text.split('\r\n').map((row) => row.split(',').slice(0, 7).join());
      assert.deepEqual(figures, [
        'run,function,epoch,loss,accuracy,learning_rate,seconds',
        ...rowsOf('steady', 'constant_schedule'),
        ...rowsOf(runs[2]!, 'linear_schedule'),
        '',
      ]);
    });

    it('has as JSON the settings and the epochs of every run', async () => {
      const text = await readFile(temporary.path('wasm/report.json'), 'utf8');
      const { settings, runs: told } = JSON.parse(text) as {
        settings: unknown;
        runs: { run: string; status: string; epochs: unknown[] }[];
      };
      assert.deepEqual(
        settings,
        ofType(compared.get('wasm')!.events, 'comparisonStarted')[0]!.settings,
      );
      assert.deepEqual(
        told.map(({ run, status, epochs }) => [run, status, epochs.length]),
        [
          ['steady', 'completed', 2],
          ['diverging', 'failed', 0],
          [runs[2], 'completed', 2],
        ],
      );
    });

    it('is refused in a sentence where there is no comparison, or a damaged one', async () => {
      const none = await report('nowhere');
      assert.match(none.stderr, /nowhere\/plan\.json cannot be read; is this the folder of a/);
      assert.equal(none.code, 1);
      const lines = compared.get('wasm')!.outcome.stdout.split('\n');
      await writeFile(
        comparisonFolder(temporary.path('wasm')).events,
        lines.with(3, 'x').join('\n'),
      );
      const damaged = await report('wasm');
      assert.match(
        damaged.stderr,
        /wasm\/events\.jsonl is damaged in line 4; it is not an event\.\n$/,
      );
      assert.equal(damaged.stdout, '');
      assert.equal(damaged.code, 1);
    });
  });
});
