import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFiles, unpackWheel } from '../../../../runner/engines/tensorflow/unpacking.ts';
import { writeWheel } from '../../../support/wheel.ts';

const needed = Object.fromEntries(
  packageFiles.map((file) => [`tensorflow/${file}`, `content of ${file}\n`.repeat(100)]),
);

describe('unpackWheel', () => {
  let folder: string;
  let destination: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-unpacking-'));
    destination = join(folder, 'unpacked');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('unpacks the library, the headers and the metadata, and nothing else', async () => {
    const others = { 'tensorflow/__init__.py': '', 'tensorflow/include/Eigen/Core': '' };
    const { file } = writeWheel(folder, { ...others, ...needed });
    await unpackWheel(join(folder, file), destination);
    for (const [name, text] of Object.entries(needed)) {
      assert.equal(await readFile(join(destination, name), 'utf8'), text);
    }
    const entries = await readdir(destination, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    assert.equal(files.length, Object.keys(needed).length + 1);
    assert.match(
      await readFile(join(destination, 'anneal_probe-1.0.dist-info', 'METADATA'), 'utf8'),
      /Version: 1\.0/,
    );
  });

  it('replaces what an earlier, interrupted attempt left', async () => {
    const { file } = writeWheel(folder, needed);
    await writeFile(destination, 'torn');
    await unpackWheel(join(folder, file), destination);
    assert.deepEqual((await readdir(destination)).length, 2);
  });

  it('refuses a wheel that lacks a file, names it and leaves nothing behind', async () => {
    const rest = Object.entries(needed).filter(([name]) => !name.endsWith('_cc.so.2'));
    const { file } = writeWheel(folder, Object.fromEntries(rest));
    await assert.rejects(
      unpackWheel(join(folder, file), destination),
      /cannot be unpacked \(it has no tensorflow\/libtensorflow_cc\.so\.2\): delete it/,
    );
    assert.deepEqual(await readdir(folder), [file]);
  });

  it('refuses a file that is no wheel', async () => {
    const file = join(folder, 'page.whl');
    await writeFile(file, '<html>Log in to the hotel network</html>'.repeat(10));
    await assert.rejects(unpackWheel(file, destination), /page\.whl cannot be unpacked \(.*\)/);
    assert.deepEqual(await readdir(folder), ['page.whl']);
  });
});
