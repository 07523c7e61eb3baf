import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { writeDurably } from '../../runner/durableFile.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { tinyDisk } from '../support/tinyDisk.ts';

describe('A file that is written durably', () => {
  const folder = temporaryFolder();

  it('has its whole content, in folders made for it, and nothing lies beside it', async () => {
    const path = folder.path('new', 'deeper', 'file');
    await writeDurably(path, 'first');
    await writeDurably(path, Uint8Array.of(1, 2, 3));
    assert.deepEqual([...(await readFile(path))], [1, 2, 3]);
    assert.deepEqual(await readdir(folder.path('new', 'deeper')), ['file']);
  });

  it('is one of the contents that were written at the same time', async () => {
    const path = folder.path('busy', 'file');
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(100_000));
    await Promise.all(contents.map((content) => writeDurably(path, content)));
    assert.ok(contents.includes(await readFile(path, 'utf8')));
    assert.deepEqual(await readdir(folder.path('busy')), ['file']);
  });

  it('has its folders, whoever else makes them at the same time', async () => {
    const paths = Array.from({ length: 50 }, (_, i) =>
      folder.path('at', 'once', `${i % 5}`, `${i}`),
    );
    await Promise.all(paths.map((path) => writeDurably(path, path)));
    for (const path of paths) assert.equal(await readFile(path, 'utf8'), path);
  });

  it('leaves nothing behind where it cannot be put in its place', async () => {
    await mkdir(folder.path('taken', 'file', 'full'), { recursive: true });
    await assert.rejects(writeDurably(folder.path('taken', 'file'), 'text'));
    assert.deepEqual(await readdir(folder.path('taken')), ['file']);
    await writeFile(folder.path('plain'), '');
    await assert.rejects(writeDurably(folder.path('plain', 'file'), 'text'));
  });

  it('is refused at once below a folder that takes no files', async function () {
    if (process.platform !== 'linux') return this.skip();
    await assert.rejects(writeDurably('/proc/anneal/file', 'text'), /cannot be written/);
  });

  it('keeps its old content, and nothing of the new one, on a full disk', async function () {
    const disk = tinyDisk(64);
    if (!disk) return this.skip();
    try {
      const path = `${disk.path}/file`;
      await writeDurably(path, 'old');
      await assert.rejects(
        writeDurably(path, 'new'.repeat(100_000)),
        /file cannot be written: the disk is full/,
      );
      assert.equal(await readFile(path, 'utf8'), 'old');
      assert.deepEqual(await readdir(disk.path), ['file']);
    } finally {
      disk.remove();
    }
  });
});
