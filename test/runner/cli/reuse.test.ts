import assert from 'node:assert/strict';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { findEngine } from '../../../runner/engines/engines.ts';
import { anneal } from '../../support/anneal.ts';
import { eventsIn, ofType, resultsIn } from '../../support/comparisons.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { constant, scheduleFile } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** Six epochs of four steps; the last third is scaled by a factor. */
const edited = (factor: number) => ({
  name: 'edited',
  function: 'piecewise_constant_schedule',
  args: { init_value: 1e-4, boundaries_and_scales: { 16: factor } },
});

describe('anneal compare, of what was trained before', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let data: readonly string[] = [];

  const compare = async (output: string, factor: number, ...args: readonly string[]) => {
    const training = { train_examples: 64, test_examples: 32, batch_size: 16, epochs: 6 };
    const schedules = [edited(factor), constant('steady', 1e-4)];
    await writeFile(folder.path('a.schedules.json'), scheduleFile({ training, schedules }));
    const options = ['--engine', 'wasm', ...data, '--output', output, ...args];
    const outcome = await anneal(['compare', 'a.schedules.json', ...options], {
      cwd: folder.path(),
    });
    assert.equal(outcome.code, 0, outcome.stderr);
    return { ...outcome, events: await eventsIn(folder.path(output)) };
  };

  before(async () => {
    data = ['--data', await fashionMnistFolder()];
    await compare('first/a', 0.5);
  });

  it('trains nothing of a run again, and gives its steps and epochs as if it had', async () => {
    const { events, stdout } = await compare('first/again', 0.5);
    assert.deepEqual(ofType(events, 'runStarted'), []);
    assert.deepEqual(
      ofType(events, 'runCompleted').map(({ reused }) => reused),
      [true, true],
    );
    assert.match(stdout, /^edited: trained before, by another comparison$/m);
    assert.deepEqual(
      await resultsIn(folder.path('first/again')),
      await resultsIn(folder.path('first/a')),
    );
  });

  it('trains of a run whose last third was edited the last third only, to the same result', async () => {
    const { events } = await compare('first/edited', 0.25);
    const started = ofType(events, 'runStarted');
    assert.deepEqual(started, [{ type: 'runStarted', run: 'edited', fromEpoch: 5, fromStep: 16 }]);
    assert.deepEqual(
      ofType(events, 'runCompleted')
        .map(({ run, reused }) => [run, reused])
        .sort(),
      [
        ['edited', false],
        ['steady', true],
      ],
    );
    await compare('elsewhere/whole', 0.25);
    assert.deepEqual(
      await resultsIn(folder.path('first/edited')),
      await resultsIn(folder.path('elsewhere/whole')),
    );
  });

  it('trains everything with --fresh', async () => {
    const { events } = await compare('first/fresh', 0.5, '--fresh');
    assert.deepEqual(
      ofType(events, 'runStarted').map(({ fromStep }) => fromStep),
      [0, 0],
    );
    assert.ok(ofType(events, 'runCompleted').every(({ reused }) => !reused));
  });

  it('trains again what other settings or another engine have trained', async () => {
    const { events } = await compare('first/seed', 0.5, '--seed', '1');
    assert.equal(ofType(events, 'runStarted').filter(({ fromStep }) => fromStep === 0).length, 2);
    if ((await findEngine('tensorflow')).state === 'missing') return;
    const other = await compare('first/engine', 0.5, '--engine', 'tensorflow');
    assert.ok(ofType(other.events, 'runStarted').every(({ fromStep }) => fromStep === 0));
  });

  it('has files of its own: the other comparison may be removed', async () => {
    await cp(folder.path('first/a'), folder.path('gone/a'), { recursive: true });
    await compare('gone/b', 0.5);
    const before = await resultsIn(folder.path('gone/b'));
    await rm(folder.path('gone/a'), { recursive: true });
    assert.deepEqual(await resultsIn(folder.path('gone/b')), before);
  });

  it('uses no checkpoint of another comparison that is damaged', async () => {
    await cp(folder.path('first/a'), folder.path('damaged/a'), { recursive: true });
    const checkpoints = comparisonFolder(folder.path('damaged/a')).checkpoints('steady');
    const path = `${checkpoints}/epoch-3.safetensors`;
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    await writeFile(path, bytes);
    const { events } = await compare('damaged/b', 0.5);
    const started = ofType(events, 'runStarted');
    // Both begin as `edited` did, which is whole up to where it is edited.
    assert.deepEqual(started, [{ type: 'runStarted', run: 'steady', fromEpoch: 5, fromStep: 16 }]);
    assert.deepEqual(
      await resultsIn(folder.path('damaged/b')),
      await resultsIn(folder.path('first/a')),
    );
    assert.ok((await readdir(checkpoints)).includes('epoch-3.safetensors'), 'it is left as it is');
  });
});
