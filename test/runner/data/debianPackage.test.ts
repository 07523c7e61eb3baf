import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianPackage } from '../../../runner/data/debianPackage.ts';
import { firstDefect } from '../../../runner/data/idx.ts';

describe("Debian's package of the data", function () {
  this.timeout(300_000);
  let folder: string;
  const { APT_CONFIG, PATH } = process.env;

  before(function () {
    if (!existsSync('/usr/bin/apt-get')) this.skip();
  });
  beforeEach(async () => {
    // A quiet reminder that folders of users have spaces.
    folder = await mkdtemp(join(tmpdir(), 'anneal apt-'));
  });
  afterEach(async () => {
    for (const [name, value] of Object.entries({ APT_CONFIG, PATH })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await rm(folder, { recursive: true });
  });

  /** Gives apt a configuration on top of the system's. */
  const configureApt = async (configuration: string): Promise<void> => {
    await mkdir(join(folder, 'settings'));
    process.env['APT_CONFIG'] = join(folder, 'settings', 'apt.conf');
    await writeFile(process.env['APT_CONFIG'], configuration);
  };

  it('is fetched and unpacked without leaving anything else or touching the system', async () => {
    const systemFolders = ['/var/lib/apt', '/var/lib/apt/lists', '/var/cache/apt'].filter(
      existsSync,
    );
    const changes = (): Promise<number[]> =>
      Promise.all(systemFolders.map(async (path) => (await stat(path)).mtimeMs));
    const before = await changes();
    const progress: (readonly [string, number | undefined])[] = [];
    await debianPackage.fetch(folder, {
      onProgress: (...now) => progress.push(now),
    });
    assert.equal(await firstDefect(folder), undefined);
    assert.equal((await readdir(folder)).length, 4);
    assert.deepEqual(await changes(), before);
    assert.deepEqual(progress.at(-1), ['dataset-fashion-mnist', 1]);
    assert.deepEqual(
      [...new Set(progress.map(([what]) => what))],
      ['package lists', 'dataset-fashion-mnist'],
    );
  });

  it('is fetched although another repository is broken', async () => {
    const list = join(folder, 'broken.list');
    await writeFile(list, 'deb http://127.0.0.1:1/debian stable main\n');
    await configureApt(`Dir::Etc::sourcelist "${list}";`);
    await debianPackage.fetch(folder, {});
    assert.equal(await firstDefect(folder), undefined);
  });

  it('tells what apt says where no repository can be reached', async () => {
    const list = join(folder, 'broken.list');
    await writeFile(list, 'deb http://127.0.0.1:1/debian stable main\n');
    await configureApt(`Dir::Etc::sourcelist "${list}"; Dir::Etc::sourceparts "/dev/null";`);
    await assert.rejects(
      debianPackage.fetch(folder, {}),
      /^Error: apt-get update fails with exit code 100: E: .*127\.0\.0\.1.*[Cc]onnection refused/,
    );
    assert.deepEqual((await readdir(folder)).sort(), ['broken.list', 'settings']);
  });

  it('tells that no repository has it', async () => {
    await configureApt(`Dir::Etc::sourcelist "/dev/null"; Dir::Etc::sourceparts "/dev/null";`);
    await assert.rejects(
      debianPackage.fetch(folder, {}),
      /^Error: apt-get download fails with exit code 100: E: Unable to locate package dataset-fashion-mnist/,
    );
  });

  it('tells that there is no apt', async () => {
    process.env['PATH'] = folder;
    await assert.rejects(debianPackage.fetch(folder, {}), {
      message: 'apt-get is not there',
    });
  });

  it('stops at once where it is told to, and cleans up', async () => {
    const stop = new AbortController();
    const stopped = debianPackage.fetch(folder, {
      onProgress: () => {
        stop.abort();
      },
      signal: stop.signal,
    });
    await assert.rejects(stopped, { name: 'AbortError' });
    assert.deepEqual(await readdir(folder), []);
  });
});
