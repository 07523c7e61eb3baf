import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tensorflowEngine } from '../../../../runner/engines/tensorflow/availability.ts';
import { installTensorFlow } from '../../../../runner/engines/tensorflow/install.ts';
import { findLibrary, libraryFiles } from '../../../../runner/engines/tensorflow/library.ts';
import { setEnvironment } from '../../../support/environment.ts';

describe('installing the tensorflow engine', function () {
  this.timeout(180_000);
  let root: string;
  let cache: string;
  let restore: () => void;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'anneal-install-'));
    cache = join(root, 'cache');
    restore = setEnvironment({ ANNEAL_CACHE: cache, ANNEAL_TENSORFLOW: undefined });
  });

  afterEach(async () => {
    restore();
    await rm(root, { recursive: true });
  });

  it('builds a binding that loads and speaks to that TensorFlow, once for all', async function () {
    restore();
    const library = await findLibrary();
    // The set-up of the tests installs the engine where the network gives it.
    if (library.state === 'missing') this.skip();
    restore = setEnvironment({ ANNEAL_CACHE: cache, ANNEAL_TENSORFLOW: library.folder });
    const before = await tensorflowEngine();
    assert(before.state === 'missing');
    assert.match(before.why, /its binding is not built yet/);

    const [made, other] = await Promise.all([installTensorFlow(), installTensorFlow()]);
    assert.deepEqual(made, other);
    assert.deepEqual(await tensorflowEngine(), made);
    assert.deepEqual(await readdir(dirname(made.bindingPath)), [
      `tfjs-4.22.0-napi-8-${process.platform}-${process.arch}.node`,
    ]);

    const version = execFileSync(
      process.execPath,
      ['--print', `require(${JSON.stringify(made.bindingPath)}).TF_Version`],
      {
        env: { ...process.env, LD_LIBRARY_PATH: made.libraryPath },
        encoding: 'utf8',
        stdio: 'pipe',
      },
    );
    assert.equal(version.trim(), library.version);

    const reports: string[] = [];
    const start = performance.now();
    await installTensorFlow({ report: (message) => reports.push(message) });
    assert(performance.now() - start < 300);
    assert.deepEqual(reports, [`TensorFlow ${library.version} is in ${library.folder}.`]);
  });

  it('does not replace what ANNEAL_TENSORFLOW names when that does not work', async () => {
    process.env['ANNEAL_TENSORFLOW'] = root;
    await assert.rejects(installTensorFlow(), {
      message:
        `${root}, which ANNEAL_TENSORFLOW names, has no ${libraryFiles.join(' and no ')}. ` +
        `Correct or unset that variable.`,
    });
  });

  it('says so when the cache folder cannot be made', async () => {
    await writeFile(cache, 'a file');
    await assert.rejects(installTensorFlow(), /cannot be made .*: set ANNEAL_CACHE to a folder/);
  });

  it('is offered as missing, with the command that gets it, where nothing is there', async () => {
    const restorePath = setEnvironment({ PATH: root });
    try {
      assert.deepEqual(await tensorflowEngine(), {
        state: 'missing',
        why: 'TensorFlow is neither installed for Anneal nor in the Python on the PATH.',
        howToGet: 'Run "anneal engines install tensorflow".',
      });
    } finally {
      restorePath();
    }
  });

  it('is missing where the library in the cache was damaged', async () => {
    const folder = join(root, 'tensorflow');
    await mkdir(folder);
    await writeFile(join(folder, libraryFiles[0]), '');
    process.env['ANNEAL_TENSORFLOW'] = folder;
    const engine = await tensorflowEngine();
    assert(engine.state === 'missing');
    assert.match(engine.why, /has no libtensorflow_framework/);
  });
});
