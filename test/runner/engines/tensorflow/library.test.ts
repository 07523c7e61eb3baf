import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findLibrary,
  installedPackages,
  libraryFiles,
} from '../../../../runner/engines/tensorflow/library.ts';
import { pinnedWheel } from '../../../../runner/engines/tensorflow/pinnedWheel.ts';
import { setEnvironment } from '../../../support/environment.ts';

/** Lays out a site-packages with a TensorFlow that must not be imported. */
async function writePackages(
  packages: string,
  distribution: string,
  files: readonly string[] = libraryFiles,
): Promise<string> {
  const folder = join(packages, 'tensorflow');
  await mkdir(folder, { recursive: true });
  await mkdir(join(packages, `${distribution}.dist-info`));
  await mkdir(join(packages, 'tensorflow_probability-0.25.0.dist-info'));
  await writeFile(join(folder, '__init__.py'), 'raise RuntimeError("TensorFlow was imported")');
  for (const file of files) await writeFile(join(folder, file), '');
  return folder;
}

describe('findLibrary', () => {
  let root: string;
  let packages: string;
  let restore: () => void;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'anneal-library-'));
    packages = join(root, 'site-packages');
    restore = setEnvironment({
      ANNEAL_CACHE: join(root, 'cache'),
      ANNEAL_TENSORFLOW: undefined,
      PYTHONPATH: undefined,
    });
  });

  afterEach(async () => {
    restore();
    await rm(root, { recursive: true });
  });

  for (const [distribution, version] of [
    ['tensorflow-2.15.1', '2.15.1'],
    ['tensorflow_cpu-2.21.0', '2.21.0'],
    ['tf_nightly-2.23.0.dev20260101', '2.23.0.dev20260101'],
  ] as const) {
    it(`takes the folder that ANNEAL_TENSORFLOW names, of ${distribution}`, async () => {
      const folder = await writePackages(packages, distribution);
      process.env['ANNEAL_TENSORFLOW'] = folder;
      assert.deepEqual(await findLibrary(), {
        state: 'found',
        folder,
        include: join(folder, 'include'),
        version,
        source: 'ANNEAL_TENSORFLOW',
      });
    });
  }

  it('takes a folder of which the version is unknown', async () => {
    process.env['ANNEAL_TENSORFLOW'] = await writePackages(packages, 'renamed-1.0');
    const library = await findLibrary();
    assert(library.state === 'found');
    assert.equal(library.version, 'unknown');
  });

  it('refuses a named folder without the library, and looks no further', async () => {
    const folder = await writePackages(packages, 'tensorflow-2.21.0', ['libtensorflow_cc.so.2']);
    process.env['ANNEAL_TENSORFLOW'] = folder;
    process.env['PYTHONPATH'] = join(root, 'complete');
    await writePackages(join(root, 'complete'), 'tensorflow-2.21.0');
    assert.deepEqual(await findLibrary(), {
      state: 'missing',
      why: `${folder}, which ANNEAL_TENSORFLOW names, has no libtensorflow_framework.so.2.`,
    });
  });

  for (const version of ['2.14.1', '1.15.5']) {
    it(`refuses TensorFlow ${version}, which is too old`, async () => {
      const folder = await writePackages(packages, `tensorflow-${version}`);
      process.env['PYTHONPATH'] = packages;
      assert.deepEqual(await findLibrary(), {
        state: 'missing',
        why: `TensorFlow ${version} in ${folder} is too old: 2.15 or newer is needed.`,
      });
    });
  }

  it("finds the user's Python's TensorFlow without importing it", async () => {
    const folder = await writePackages(packages, 'tensorflow-2.18.0');
    process.env['PYTHONPATH'] = packages;
    const library = await findLibrary();
    assert(library.state === 'found');
    assert.deepEqual(
      [library.folder, library.version, library.source],
      [folder, '2.18.0', 'python3'],
    );
  });

  it("prefers Anneal's own installation to the user's Python", async () => {
    const choice = pinnedWheel();
    assert(choice.state === 'pinned');
    await writePackages(packages, 'tensorflow-2.18.0');
    process.env['PYTHONPATH'] = packages;
    const folder = await writePackages(installedPackages(choice.wheel), 'tensorflow_cpu-2.21.0');
    const library = await findLibrary();
    assert(library.state === 'found');
    assert.deepEqual([library.folder, library.source], [folder, 'cache']);
  });

  it('does not take a folder named tensorflow in the working folder for the package', async () => {
    const folder = await writePackages(packages, 'tensorflow-2.18.0');
    const before = process.cwd();
    process.chdir(packages);
    try {
      const library = await findLibrary();
      assert(library.state === 'missing' || library.folder !== folder);
    } finally {
      process.chdir(before);
    }
  });

  it('says where it looked when there is no Python either', async () => {
    const restorePath = setEnvironment({ PATH: root });
    try {
      assert.deepEqual(await findLibrary(), {
        state: 'missing',
        why: 'TensorFlow is neither installed for Anneal nor in the Python on the PATH.',
      });
    } finally {
      restorePath();
    }
  });
});
