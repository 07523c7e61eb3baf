import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { comparisonFolder } from '../../../../runner/comparison/folder.ts';
import { anneal } from '../../../support/anneal.ts';
import { eventsIn, ofType, resultsIn } from '../../../support/comparisons.ts';
import { fashionMnistFolder } from '../../../support/fashionMnist.ts';
import { onTestGpu } from '../../../support/gpuProgram.ts';
import { constant, scheduleFile } from '../../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { hasTestGpu, isTestGpuSoftware, testGpu } from '../../../support/testGpu.ts';
import type { MemoryOutcome } from './memory.ts';

describe('A GPU that fails', function () {
  this.timeout(600_000);
  const folder = temporaryFolder();

  before(function () {
    if (!hasTestGpu) this.skip();
  });

  it('and is lost is replaced: training goes on from the last checkpoint, to the same end', async () => {
    const training = { train_examples: 32, test_examples: 16, batch_size: 8, epochs: 3 };
    const text = scheduleFile({ training, schedules: [constant('steady', 1e-3)] });
    await writeFile(folder.path('a.schedules.json'), text);
    const environment = await testGpu();
    const compare = async (output: string, env: Readonly<Record<string, string>>) => {
      const data = ['--data', await fashionMnistFolder(), '--output', output, '--fresh'];
      const args = ['compare', 'a.schedules.json', '--engine', 'webgpu', ...data];
      const { code, stderr } = await anneal(args, {
        cwd: folder.path(),
        env: { ...environment, ...env },
      });
      assert.equal(code, 0, stderr);
    };

    await compare('undisturbed', {});
    const lossModule = new URL('../../../support/loseDevice.mjs', import.meta.url);
    const disturbed = comparisonFolder(folder.path('disturbed'));
    await compare('disturbed', {
      NODE_OPTIONS: `--import=${lossModule.href}`,
      ANNEAL_TEST_LOSE_WHEN: `${disturbed.checkpoints('steady')}/epoch-1.safetensors`,
    });

    const events = await eventsIn(folder.path('disturbed'));
    const [interruption, ...others] = ofType(events, 'runInterrupted');
    assert.match(interruption?.message ?? '', /^the GPU was lost \(.*destroy/i);
    assert.deepEqual(others, []);
    assert.ok(ofType(events, 'runStarted')[1]!.fromStep >= 4, 'the first epoch is kept');
    assert.deepEqual(
      await resultsIn(folder.path('disturbed')),
      await resultsIn(folder.path('undisturbed')),
    );
  });

  it('for lack of memory is given fewer images to test at a time, then told of', async function () {
    // The address space of a process limits the memory of software alone.
    if (!isTestGpuSoftware) this.skip();
    const outcomes = await onTestGpu<readonly MemoryOutcome[]>(
      'test/runner/engines/webgpu/memory.ts',
      4000,
    );
    const [plenty, scarce, none] = outcomes;
    assert.deepEqual(plenty?.batches, [20]);
    assert.deepEqual(scarce?.batches, [20, 10, 10]);
    assert.deepEqual(scarce.result, plenty.result);
    assert.deepEqual(none?.batches, [2, 1]);
    assert.match(
      String(none.result),
      /memory of the GPU does not suffice: close what else uses it/,
    );
  });
});
