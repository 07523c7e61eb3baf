import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { anneal } from '../../support/anneal.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { constant, scheduleFile, tinyTraining } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('anneal compare, where its output is no terminal', () => {
  const folder = temporaryFolder();

  it('prints a plain line for each epoch, then a table, and says where all of it is', async () => {
    const training = { ...tinyTraining, epochs: 1 };
    const schedules = [constant('slow', 1e-6), constant('fast', 1e-4), constant('not this', 1)];
    await writeFile(folder.path('a.schedules.json'), scheduleFile({ training, schedules }));
    const args = ['compare', 'a.schedules.json', '--engine', 'wasm', '--only', 'slow,fast'];
    const options = ['--data', await fashionMnistFolder(), '--epochs', '2', '--parallel', '1'];
    const { code, stdout, stderr } = await anneal([...args, ...options], { cwd: folder.path() });
    const lines = stdout.trimEnd().split('\n');
    assert.match(lines[0]!, /^Comparing 2 schedules with wasm \(tfjs-wasm .*CPU/);
    const epochs = lines.filter((line) => line.includes(': epoch '));
    assert.deepEqual(
      epochs.map((line) => line.replace(/loss \d+\.\d{3}, accuracy 0\.\d{4}, |, \d+ s$/g, '')),
      [
        'slow: epoch 1, rate 0.000001',
        'slow: epoch 2, rate 0.000001',
        'fast: epoch 1, rate 0.0001',
        'fast: epoch 2, rate 0.0001',
      ],
    );
    const rows = lines.filter((line) => /^│ (slow|fast)/.test(line));
    assert.deepEqual(
      rows.map((row) => row.split(/ *│ */)[1]),
      ['fast', 'slow'],
    );
    assert.ok(!stdout.includes('\u001b'), 'escape sequences');
    const [comparison] = (await readdir(folder.path('.anneal'))).filter(
      (name) => name !== '.gitignore',
    );
    assert.match(comparison!, /^a-\d{4}-\d\d-\d\d-\d{6}$/);
    assert.match(
      stderr,
      new RegExp(`^Done in \\d+ s\\. All of it is in \\.anneal/${comparison}\\.$`, 'm'),
    );
    assert.equal(code, 0);
  });
});
