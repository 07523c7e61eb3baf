import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBinding } from '../../../../runner/engines/tensorflow/binding.ts';
import { setEnvironment } from '../../../support/environment.ts';

describe('buildBinding', () => {
  let folder: string;
  let library: { folder: string; include: string };
  let output: string;
  let restore: () => void;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-binding-'));
    library = { folder: join(folder, 'tensorflow'), include: join(folder, 'tensorflow/include') };
    output = join(folder, 'made', 'tfjs_binding.node');
    await mkdir(join(library.include, 'tensorflow/c'), { recursive: true });
    await writeFile(join(library.include, 'tensorflow/c/c_api.h'), '#error "not the real header"');
    restore = setEnvironment({ CXX: undefined, PATH: process.env['PATH'] });
  });

  afterEach(async () => {
    restore();
    await rm(folder, { recursive: true });
  });

  it('says which compiler to install where there is none', async () => {
    process.env['PATH'] = folder;
    await assert.rejects(
      buildBinding(library, output),
      /without a C\+\+ compiler .*apt install g\+\+/,
    );
  });

  it('takes the compiler that CXX names and no other', async () => {
    process.env['CXX'] = join(folder, 'my-compiler');
    await assert.rejects(buildBinding(library, output), /my-compiler is not there/);
  });

  it('takes a CXX with arguments', async () => {
    process.env['CXX'] = 'env g++';
    await assert.rejects(buildBinding(library, output), /^Error: env g\+\+ cannot .*not the real/);
  });

  it("tells the compiler's first error and leaves nothing behind", async () => {
    await assert.rejects(
      buildBinding(library, output),
      /^Error: g\+\+ cannot build the TensorFlow binding: .*not the real header/,
    );
    assert.deepEqual(await readdir(join(folder, 'made')), []);
  });

  it('says what is wrong with a library that came without headers', async () => {
    await rm(library.include, { recursive: true });
    await assert.rejects(buildBinding(library, output), /include has no TensorFlow headers: set/);
  });
});
