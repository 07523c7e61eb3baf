import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { machine } from '../../../../runner/engines/machine.ts';
import { unpackWheel } from '../../../../runner/engines/tensorflow/unpacking.ts';
import { eventsIn, ofType } from '../../../support/comparisons.ts';
import { fashionMnistFolder } from '../../../support/fashionMnist.ts';
import { constant, scheduleFile } from '../../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { hasTestGpu, testGpu } from '../../../support/testGpu.ts';
import { root } from '../../../support/vscode/cache.ts';

const execute = promisify(execFile);

/** Packs the extension as `npm run package` does. */
const pack = (...args: readonly string[]) =>
  execute(process.execPath, [join(root, 'scripts', 'package.mjs'), ...args]);

describe('The package of a platform', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();

  before(function () {
    if (!hasTestGpu) this.skip();
  });

  it('trains by WebGPU with nothing else installed', async () => {
    const vsix = folder.path('anneal.vsix');
    await pack('--target', machine, vsix);
    const everything = { files: ['extension/package.json'], others: /^extension\// };
    await unpackWheel(vsix, folder.path('unpacked'), { part: everything });
    const training = { epochs: 1, batch_size: 8, train_examples: 16, test_examples: 8 };
    const schedules = [constant('steady', 1e-4)];
    await writeFile(folder.path('a.schedules.json'), scheduleFile({ training, schedules }));
    const options = ['--engine', 'webgpu', '--data', await fashionMnistFolder(), '--output', 'out'];
    await execute(
      process.execPath,
      [
        folder.path('unpacked', 'extension', 'dist', 'cli.js'),
        ...['compare', 'a.schedules.json', ...options],
      ],
      { cwd: folder.path(), env: { ...process.env, ...(await testGpu()) } },
    );
    const events = await eventsIn(folder.path('out'));
    assert.equal(ofType(events, 'comparisonStarted')[0]?.engine, 'webgpu');
    assert.equal(ofType(events, 'runCompleted').length, 1);
  });

  it('is refused for one that WebGPU for Node is not built for, with those that there are', async () => {
    await assert.rejects(pack('--target', 'alpine-x64', folder.path('alpine.vsix')), (error) =>
      /no WebGPU for alpine-x64: --target is one of darwin-arm64, .*win32-x64\./.test(
        String(error),
      ),
    );
  });
});
