import assert from 'node:assert/strict';
import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { comparisonFolder } from '../../runner/comparison/folder.ts';
import { loadDataset } from '../../runner/data/dataset.ts';
import { exportFormats, type Answer, type ComparisonEvent } from '../../runner/protocol.ts';
import { eventsIn } from '../support/comparisons.ts';
import { fashionMnistFolder } from '../support/fashionMnist.ts';
import { smallSettings, smallStart, trainSmall } from '../support/smallComparison.ts';
import { steeredRunners, type SteeredRunner } from '../support/steeredRunner.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

type AnswerOf<Type extends Answer['type']> = Extract<Answer, { readonly type: Type }>;

function asserted<Type extends Answer['type']>(answer: Answer, type: Type): AnswerOf<Type> {
  assert.equal(answer.type, type, JSON.stringify(answer).slice(0, 300));
  return answer as AnswerOf<Type>;
}

const ofRun = (type: ComparisonEvent['type'], run: string) => (event: ComparisonEvent) =>
  event.type === type && 'run' in event && event.run === run;

describe('A runner that is asked', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const runners = steeredRunners();
  let data = '';
  let runner: SteeredRunner;

  before(async () => {
    data = await fashionMnistFolder();
    await trainSmall(folder.path('kept', 'one'));
  });
  beforeEach(() => {
    runner = runners.start();
  });

  const results = async () => asserted(await runner.ask({ type: 'results' }), 'resultsAnswer');
  const refusal = async (...asked: Parameters<SteeredRunner['ask']>): Promise<string> =>
    asserted(await runner.ask(...asked), 'refused').message;
  const open = async (...names: readonly string[]) => {
    runner.send({ type: 'open', folders: names.map((name) => folder.path(name)), data });
    return runner.ended;
  };
  const atItsEnd = async (): Promise<string> => {
    runner.child.stdin.end();
    return (await runner.outcome).stderr;
  };

  it('tells the events of a comparison that is opened as they are in its journal', async () => {
    assert.equal((await open('kept/one')).outcome, 'told');
    assert.deepEqual(runner.events, await eventsIn(folder.path('kept/one')));
    assert.equal(await atItsEnd(), '');
    assert.equal((await runner.outcome).code, 0);
  });

  it('says what came out, before all is told too', async () => {
    void open('kept/one');
    const { title, results: told } = await results();
    assert.equal(title, 'one');
    assert.equal(told.seeds, 1);
    assert.deepEqual(told.schedules.map(({ schedule }) => schedule).sort(), ['high', 'low']);
    const [best, behind] = told.schedules;
    assert.deepEqual(best?.ranking, { type: 'best' });
    assert.equal(behind?.ranking.type, 'behind');
    assert.equal(told.tests.length, 1);
    assert.match(told.explanation, /the 200 test images/);
    assert.deepEqual(told.printed, []);
    const completed = runner.events.findLast(ofRun('runCompleted', best.runs[0]!));
    assert.equal(
      completed?.type === 'runCompleted' && completed.accuracy,
      best.finalAccuracy?.mean,
    );
  });

  it('gives the predictions of runs beside the right classes, and the pictures', async () => {
    await open('kept/one');
    const { labels, classes, runs } = asserted(
      await runner.ask({ type: 'predictions', runs: ['high', 'low'] }),
      'predictionsAnswer',
    );
    const { test } = await loadDataset(data, { trainExamples: 1, testExamples: 200 });
    assert.deepEqual(labels, [...test.labels]);
    assert.equal(classes.length, 10);
    for (const { run, epoch, predicted } of runs) {
      const path = `${comparisonFolder(folder.path('kept/one')).predictions(run)}/epoch-2.u8`;
      assert.equal(epoch, 2);
      assert.deepEqual(predicted, [...(await readFile(path))]);
    }
    assert.deepEqual(
      runs.map(({ run }) => run),
      ['high', 'low'],
    );
    const picture = await runner.ask({ type: 'images', images: [7, 0] });
    const { images, width, height, pixels } = asserted(picture, 'imagesAnswer');
    assert.deepEqual([images, width, height], [[7, 0], 28, 28]);
    const bytes = [...Buffer.from(pixels, 'base64')];
    assert.deepEqual(bytes.slice(0, 784), [...test.images.subarray(7 * 784, 8 * 784)]);
    assert.deepEqual(bytes.slice(784), [...test.images.subarray(0, 784)]);
  });

  it('answers while it trains, and when that is over', async () => {
    runner.send(
      await smallStart(folder.path('long'), {
        settings: { epochs: 400 },
        rates: { a: 1e-6, b: 1e-6 },
      }),
    );
    await runner.told(ofRun('epochCompleted', 'a'));
    const { results: during } = await results();
    assert.deepEqual(
      during.schedules.map(({ schedule, ranking }) => [schedule, ranking.type]),
      [
        ['a', 'unfinished'],
        ['b', 'unfinished'],
      ],
    );
    const { runs } = asserted(
      await runner.ask({ type: 'predictions', runs: ['a', 'b'] }),
      'predictionsAnswer',
    );
    assert.deepEqual(
      runs.map(({ run }) => run),
      ['a'],
    );
    assert.ok(runner.preparations.some(({ message }) => message === 'Starting the engine'));
    runner.send({ type: 'stop' });
    assert.equal((await runner.ended).outcome, 'stopped');
    assert.equal((await results()).results.schedules.length, 2);
    runner.send({ type: 'continue', run: 'a' });
    runner.send({ type: 'pause' });
    await results();
    const over = 'The training is over, so there is nothing to';
    assert.equal(
      await atItsEnd(),
      `${over} continue: resume the comparison.\n${over} pause: resume the comparison.\n`,
    );
  });

  it('says what cannot be steered', async () => {
    runner.send(
      await smallStart(folder.path('steered'), {
        settings: { epochs: 300 },
        rates: { a: 1e-6, b: 1e-6, c: 1e-6 },
      }),
    );
    await runner.told(ofRun('epochCompleted', 'a'));
    runner.send({ type: 'continue', run: 'a' });
    runner.send({ type: 'stop', run: 'c' });
    await runner.told(ofRun('runStopped', 'c'));
    runner.send({ type: 'stop', run: 'c' });
    runner.send({ type: 'reorder', runs: ['nobody', 'b'] });
    runner.send({ type: 'stop' });
    await runner.ended;
    assert.deepEqual((await atItsEnd()).trimEnd().split('\n'), [
      "Run 'a' is training: only one that was stopped can go on.",
      "Run 'c' is stopped: there is nothing to stop.",
      "There is no run 'nobody' in what is trained now.",
    ]);
  });

  it('trains nothing where it only opened a comparison', async () => {
    await open('kept/one');
    runner.send({ type: 'continue' });
    await results();
    assert.equal(
      await atItsEnd(),
      'Nothing is trained here, so there is nothing to continue: resume the comparison.\n',
    );
  });

  it('writes every report of what is open, also of several as one', async () => {
    const name = `<b>"x"</b>`;
    await trainSmall(folder.path('kept', 'hostile'), { rates: { [name]: 1e-5 } });
    await open('kept/one', 'kept/hostile');
    for (const format of exportFormats) {
      const path = folder.path('exports', `all.${format}`);
      asserted(await runner.ask({ type: 'export', format, path }), 'done');
      if (format === 'tensorboard') continue;
      const text = await readFile(path, 'utf8');
      assert.ok(text.includes('one: high'), format);
      if (format === 'html' || format === 'svg') assert.ok(!text.includes(name), format);
    }
    const path = folder.path('kept/one/plan.json/x.md');
    assert.match(
      await refusal({ type: 'export', format: 'md', path }),
      /cannot be written: a file/,
    );
  });

  it('opens several comparisons as one, whose runs have their name before their own', async () => {
    await trainSmall(folder.path('kept', 'longer'), {
      settings: { epochs: 3 },
      rates: { low: 1e-6 },
    });
    await trainSmall(folder.path('other', 'one'), { rates: { low: 1e-6 } });
    assert.equal((await open('kept/one', 'kept/longer', 'other/one')).outcome, 'told');
    const [started] = runner.events;
    assert.ok(started?.type === 'comparisonStarted');
    const names = ['one: low', 'one: high', 'longer: low', 'one (2): low'];
    assert.deepEqual(
      started.runs.map(({ run }) => run),
      names,
    );
    assert.deepEqual(runner.events.filter(({ type }) => type === 'comparisonStarted').length, 1);
    assert.equal(runner.events.at(-1)?.type, 'comparisonCompleted');
    const { results: told } = await results();
    assert.deepEqual(told.schedules.map(({ schedule }) => schedule).sort(), [...names].sort());
    assert.equal(told.tests.length, 6);
    assert.match(told.explanation, /different settings, .*: epochs\.$/);
    const answer = await runner.ask({ type: 'predictions', runs: ['longer: low', 'one (2): low'] });
    assert.deepEqual(
      asserted(answer, 'predictionsAnswer').runs.map(({ run, epoch }) => [run, epoch]),
      [
        ['longer: low', 3],
        ['one (2): low', 2],
      ],
    );
  });

  it('opens no comparisons as one that were tested on different images', async () => {
    await trainSmall(folder.path('fewer'), { settings: { testExamples: 100 }, rates: { a: 1e-6 } });
    const { outcome, message } = await open('kept/one', 'fewer');
    assert.equal(outcome, 'refused');
    assert.match(message!, /^Only comparisons .* same images .* one on 200 .* fewer on 100\.$/);
    assert.match(await refusal({ type: 'results' }), /^Only comparisons/);
  });

  it('tells what a crash has left in the middle as stopped, and passes over a torn line', async () => {
    await cp(folder.path('kept/one'), folder.path('crashed'), { recursive: true });
    const { events } = comparisonFolder(folder.path('crashed'));
    const lines = (await readFile(events, 'utf8')).split(/(?<=\n)/);
    const begin = lines.findIndex((line) => line.includes('"epochCompleted"'));
    await writeFile(events, lines.slice(0, begin + 1).join(''));
    await appendFile(events, '{"type":"stepsComp');
    await open('crashed');
    assert.deepEqual(
      runner.events.slice(begin + 1).map(({ type }) => type),
      ['runStopped', 'comparisonStopped'],
    );
    assert.match(await atItsEnd(), /^The last line of .* is incomplete, .* it is not used\.\n$/);
  });

  it('opens a comparison that another process trains', async () => {
    const training = runners.start();
    training.send(await smallStart(folder.path('live'), { settings: { epochs: 500 } }));
    await training.told(ofRun('epochCompleted', 'low'));
    const { outcome, isInUse } = await open('live');
    assert.deepEqual([outcome, isInUse], ['told', true]);
    assert.ok(runner.events.some(ofRun('epochCompleted', 'low')));
    assert.ok(!runner.events.some(({ type }) => type === 'comparisonStopped'));
    const answer = await runner.ask({ type: 'comparisons', folder: folder.path() });
    const { comparisons } = asserted(answer, 'comparisonsAnswer');
    assert.equal(comparisons.find(({ comparison }) => comparison === 'live')?.status, 'training');
  });

  it('tells on what happens where another process trains, to the end', async () => {
    const training = runners.start();
    training.send(await smallStart(folder.path('followed'), { settings: { epochs: 30 } }));
    await training.told(ofRun('epochCompleted', 'low'));
    runner.send({ type: 'open', folders: [folder.path('followed')], data, follow: true });
    await runner.following;
    const whenOpened = runner.events.length;
    await runner.told((event) => event.type === 'comparisonCompleted');
    assert.equal((await runner.ended).isInUse, false);
    assert.ok(runner.events.length > whenOpened);
    assert.deepEqual(runner.events, await eventsIn(folder.path('followed')));
    const { results: told } = await results();
    assert.deepEqual(told.schedules.map(({ schedule }) => schedule).sort(), ['high', 'low']);
  });

  it('tells as stopped what is killed while it is followed', async () => {
    const training = runners.start();
    training.send(await smallStart(folder.path('killed'), { settings: { epochs: 500 } }));
    await training.told(ofRun('epochCompleted', 'low'));
    runner.send({ type: 'open', folders: [folder.path('killed')], data, follow: true });
    await runner.following;
    training.child.kill('SIGKILL');
    await runner.told((event) => event.type === 'comparisonStopped');
    assert.equal((await runner.ended).isInUse, false);
    const epochs = (events: readonly ComparisonEvent[]) =>
      events.filter(({ type }) => type === 'epochCompleted').length;
    assert.equal(epochs(runner.events), epochs(await eventsIn(folder.path('killed'))));
  });

  it('refuses in a sentence what it cannot open or answer', async () => {
    assert.match(await refusal({ type: 'results' }), /^No comparison is open: /);
    assert.match(
      await refusal({ type: 'measure', engine: 'abacus', settings: smallSettings }),
      /^There is no engine 'abacus'/,
    );
    await cp(folder.path('kept/one'), folder.path('damaged'), { recursive: true });
    const { events } = comparisonFolder(folder.path('damaged'));
    await appendFile(events, '{"type":"dance"}\n');
    const { outcome, message } = await open('damaged');
    assert.equal(outcome, 'refused');
    assert.match(message!, /events\.jsonl is damaged in line \d+; it is not an event\.$/);

    runner = runners.start();
    assert.match(
      (await open('nowhere')).message!,
      /plan\.json cannot be read; is this the folder of a comparison\?$/,
    );

    runner = runners.start();
    await open('kept/one');
    assert.match(await refusal({ type: 'predictions', runs: ['x'] }), /^There is no run 'x' in/);
    assert.match(
      await refusal({ type: 'images', images: [10_000] }),
      /^There is no test image 10000/,
    );
  });

  it('goes on answering what it can where the folder has vanished', async () => {
    await cp(folder.path('kept/one'), folder.path('vanishing'), { recursive: true });
    await open('vanishing');
    await rm(folder.path('vanishing'), { recursive: true });
    for (const asked of [
      { type: 'results' },
      { type: 'predictions', runs: ['low'] },
      { type: 'export', format: 'md', path: folder.path('vanished.md') },
      { type: 'rename', folder: folder.path('vanishing'), title: 'Gone' },
    ] as const) {
      const message = await refusal(asked);
      assert.ok(message.includes(folder.path('vanishing')), message);
      assert.match(message, /\.$|\?$/);
    }
    asserted(await runner.ask({ type: 'images', images: [0] }), 'imagesAnswer');
  });

  it('gives a comparison the title that reports show', async () => {
    await cp(folder.path('kept/one'), folder.path('titled'), { recursive: true });
    await open('titled');
    const title = 'Warm-up or not?';
    asserted(await runner.ask({ type: 'rename', folder: folder.path('titled'), title }), 'done');
    assert.equal((await results()).title, title);
    const path = folder.path('titled.md');
    asserted(await runner.ask({ type: 'export', format: 'md', path }), 'done');
    assert.match(await readFile(path, 'utf8'), /^# Warm-up or not\?\n/);
  });

  it('says what can train here', async () => {
    const { engines } = asserted(await runner.ask({ type: 'engines' }), 'enginesAnswer');
    assert.deepEqual(
      engines.map(({ name }) => name),
      ['tensorflow', 'webgpu', 'wasm'],
    );
    const wasm = engines.find(({ name }) => name === 'wasm');
    assert.ok(wasm?.isReady && wasm.device?.startsWith('CPU'));
    for (const { isReady, what } of engines) if (!isReady) assert.match(what, /\.$/);
  });

  it('keeps the files and forms of schedules in its plan, and tells them', async () => {
    const request = await smallStart(folder.path('sourced'), { rates: { a: 1e-5 } });
    const origin = {
      source: '/code/train.py',
      definition: { function: 'constant_schedule', args: { value: 1e-5 } },
    };
    runner.send({ ...request, runs: request.runs.map((run) => ({ ...run, ...origin })) });
    await runner.ended;
    const [started] = runner.events;
    assert.ok(started?.type === 'comparisonStarted');
    const { source, definition } = started.runs[0]!;
    assert.deepEqual({ source, definition }, origin);
    const plan = await readFile(folder.path('sourced/plan.json'), 'utf8');
    assert.ok(plan.includes('"source":"/code/train.py"'));

    // They do not change what is trained, so another comparison has it already.
    runner = runners.start();
    runner.send(await smallStart(folder.path('again'), { rates: { b: 1e-5 } }));
    await runner.ended;
    const completed = runner.events.find(ofRun('runCompleted', 'b'));
    assert.ok(completed?.type === 'runCompleted' && completed.reused);
  });
});
