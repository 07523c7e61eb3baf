import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join, resolve, win32 } from 'node:path';
import { comparisonFolder, fileName } from '../../../runner/comparison/folder.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const hostile = [
  '',
  '.',
  '..',
  '...',
  '/',
  '//',
  '\\',
  '../..',
  '../../etc/passwd',
  '..\\..\\windows',
  '/etc/passwd',
  'C:\\',
  'C:',
  'a/b',
  'a%2fb',
  'a%252fb',
  'a\\b',
  'a:b',
  'a*b',
  'a?b',
  'a"b',
  'a<b',
  'a>b',
  'a|b',
  'a\nb',
  'a\0b',
  'a\u007fb',
  'a\u0085b',
  ' a',
  'a ',
  'a.',
  '.a',
  '~',
  '$HOME',
  '%',
  '%%',
  '%25',
  'con',
  'CON',
  'con%',
  'con.txt',
  'nul',
  'nul.tar.gz',
  'aux',
  'prn',
  'com1',
  'lpt9',
  'com10',
  'cons',
  '🚀',
  '🚀'.repeat(100),
  '\ud800',
  '\udc00',
  '\ufffd',
  '%d800',
  'é',
  '漢字',
  'a'.repeat(120),
  'a'.repeat(121),
  'a'.repeat(10_000),
  `${'a'.repeat(9999)}b`,
  `${'\ud800'.repeat(1000)}a`,
  `${'\ud801'.repeat(1000)}a`,
  ':'.repeat(1000),
  '/'.repeat(1000),
  "Robert'); DROP TABLE runs;--",
  '-rf',
  'Warmup Cosine Decay Scheduler',
  'Polynomial Scheduler (as meant)',
  'a["b"]',
  'warmup#2',
];

describe("The file name of a run's name", () => {
  const folder = temporaryFolder();

  it('is the name itself where every file system takes it', () => {
    for (const name of ['Warmup Cosine Decay Scheduler', 'warmup#2', 'a.b', '漢字 🚀', 'cons']) {
      assert.equal(fileName(name), name);
    }
  });

  it('never leaves its folder, on Linux and on Windows', () => {
    for (const name of hostile) {
      const file = fileName(name);
      assert.equal(dirname(resolve('/folder', file)), '/folder', name);
      assert.equal(win32.dirname(win32.resolve('C:\\folder', file)), 'C:\\folder', name);
      assert.ok(Buffer.byteLength(file) <= 120, `${file.length} characters`);
    }
  });

  it('is of two names never the same', () => {
    assert.equal(new Set(hostile.map(fileName)).size, hostile.length);
  });

  it('is of no short name what it is of a long one', () => {
    const cut = fileName('a:'.repeat(500));
    assert.notEqual(fileName(cut), cut);
    const decoded = cut.replace(/%([\da-f]{2})/g, (_, hex: string) =>
      String.fromCodePoint(parseInt(hex, 16)),
    );
    assert.notEqual(fileName(decoded), cut);
  });

  it('is no device of Windows and nothing that Windows would change', () => {
    for (const name of hostile) {
      const file = fileName(name);
      assert.doesNotMatch(file, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      assert.doesNotMatch(file, /[/\\:*?"<>|]|\p{Cc}|\p{Cs}|[. ]$/u);
    }
  });

  it('names a folder of its own on a real disk', async () => {
    for (const name of hostile) {
      await mkdir(comparisonFolder(folder.path()).checkpoints(name), { recursive: true });
    }
    const made = await readdir(join(folder.path(), 'checkpoints'));
    assert.equal(made.length, hostile.length);
  });
});
