import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { dataFiles } from '../../../runner/data/files.ts';
import { findData, findDataHere } from '../../../runner/data/find.ts';
import { firstDefect } from '../../../runner/data/idx.ts';
import { webSource } from '../../../runner/data/webSource.ts';
import { damagedFolder } from '../../support/damagedData.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';

const trainLabels = 'train-labels-idx1-ubyte';
const cutOff = (compressed: Buffer): Buffer => compressed.subarray(0, 1000);

describe('findData', function () {
  this.timeout(300_000);
  let real: string;
  let folder: string;
  let cache: string;
  let cached: string;
  let address: string;
  /** Files that were asked for, with the range where there was one. */
  let requests: string[];
  let messages: string[];
  /** Whether the server sends a page in the place of a file. */
  let sendsPage: (name: string) => boolean;
  const report = (message: string): void => void messages.push(message);

  const server = createServer((request, response) => {
    const name = basename(request.url ?? '');
    const { range } = request.headers;
    requests.push(range === undefined ? name : `${name} ${range}`);
    void readFile(join(real, name)).then((content) => {
      const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
      const rest = content.subarray(start);
      if (sendsPage(name)) {
        response.end('<html>Sign in to the network</html>');
        return;
      }
      response.writeHead(range === undefined ? 200 : 206, {
        etag: `"${name}"`,
        'content-length': rest.length,
        'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
      });
      response.end(rest);
    });
  });

  before(async () => {
    real = await fashionMnistFolder();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fashion`;
  });
  after(() => server.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-find-'));
    cache = join(folder, 'cache');
    cached = join(cache, 'data', 'fashion-mnist');
    requests = [];
    messages = [];
    sendsPage = () => false;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has a part that only looks, and fetches nothing', async () => {
    const systemFolders = [join(folder, 'system')];
    assert.equal(await findDataHere({ cache, systemFolders }), undefined);
    assert.ok(!existsSync(cache));
    await symlink(real, join(folder, 'system'));
    assert.equal(await findDataHere({ cache, systemFolders }), join(folder, 'system'));
    await mkdir(join(cache, 'data'), { recursive: true });
    await symlink(real, cached);
    assert.equal(await findDataHere({ cache, systemFolders }), cached);
    await assert.rejects(
      findDataHere({ data: folder, cache }),
      /^InputError: --data .* is missing/,
    );
  });

  describe('with a folder that the user names', () => {
    it('takes it, wherever it is seen from', async () => {
      const data = relative(process.cwd(), real);
      assert.equal(await findData({ data, report, cache }), real);
      assert.deepEqual(messages, []);
    });

    it('never takes another one in its place', async () => {
      await mkdir(join(cache, 'data'), { recursive: true });
      await symlink(real, cached);
      const data = await damagedFolder(join(folder, 'mine'), trainLabels, cutOff);
      await assert.rejects(findData({ data, report, cache }), {
        message:
          `--data ${data}: ${data}/train-labels-idx1-ubyte.gz cannot be decompressed ` +
          `(unexpected end of file). Give a folder that holds Fashion-MNIST: ` +
          `train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, ` +
          `t10k-labels-idx1-ubyte, each with or without .gz.`,
      });
    });

    it('says that it does not exist, is a file or lacks one of the four files', async () => {
      const nowhere = join(folder, 'nowhere');
      await assert.rejects(findData({ data: nowhere, report }), /nowhere does not exist\. Give a/);
      await writeFile(join(folder, 'file'), '');
      const file = join(folder, 'file');
      await assert.rejects(findData({ data: file, report }), /file is not a folder\. Give a/);
      const data = await damagedFolder(join(folder, 'mine'), trainLabels, () => undefined);
      await assert.rejects(
        findData({ data, report }),
        /mine\/train-labels-idx1-ubyte\.gz is missing\. Give a/,
      );
    });
  });

  it("takes the system's folder where it is, and writes nothing", async () => {
    assert.equal(await findData({ report, cache, systemFolders: [real], sources: [] }), real);
    assert.ok(!existsSync(cache));
    assert.deepEqual(messages, []);
  });

  it("prefers Anneal's cache to the system's folder", async () => {
    await mkdir(join(cache, 'data'), { recursive: true });
    await symlink(real, cached);
    assert.equal(await findData({ report, cache, systemFolders: [real] }), cached);
  });

  it('fetches the four files into the cache and tells how far it is', async () => {
    const fractions: Record<string, (number | undefined)[]> = {};
    const found = await findData({
      report,
      cache,
      systemFolders: [],
      sources: [webSource(address)],
      onProgress: (what, fraction) => (fractions[what] ??= []).push(fraction),
    });
    assert.equal(found, cached);
    assert.equal(await firstDefect(cached), undefined);
    const names = dataFiles.map(({ name }) => `${name}.gz`);
    assert.deepEqual((await readdir(cached)).sort(), [...names].sort());
    assert.deepEqual(requests, names);
    assert.deepEqual(Object.keys(fractions), names);
    for (const each of Object.values(fractions)) {
      assert.equal(each[0], 0);
      assert.equal(each.at(-1), 1);
    }
    assert.deepEqual(messages, [`Fetching Fashion-MNIST from ${address}.`]);
  });

  it('fetches a damaged file of the cache anew, that one alone, and says so', async () => {
    await damagedFolder(cached, trainLabels, cutOff);
    await findData({ report, cache, systemFolders: [], sources: [webSource(address)] });
    assert.deepEqual(requests, ['train-labels-idx1-ubyte.gz']);
    assert.equal(await firstDefect(cached), undefined);
    assert.ok((await lstat(join(cached, 't10k-labels-idx1-ubyte.gz'))).isSymbolicLink());
    assert.deepEqual(messages, [
      `${cached} is not used: ${cached}/train-labels-idx1-ubyte.gz cannot be decompressed (unexpected end of file).`,
      `Fetching Fashion-MNIST from ${address}.`,
    ]);
  });

  it('goes on with a download that was stopped', async () => {
    const stop = new AbortController();
    const options = { report, cache, systemFolders: [], sources: [webSource(address)] };
    const stopped = findData({
      ...options,
      signal: stop.signal,
      onProgress: (_, fraction) => {
        if (fraction !== undefined && fraction > 0.1) stop.abort();
      },
    });
    await assert.rejects(stopped, { name: 'AbortError' });
    requests = [];
    await findData(options);
    assert.match(requests[0]!, /^train-images-idx3-ubyte\.gz bytes=[1-9]\d+-$/);
    assert.equal(requests.length, 4);
  });

  it('takes the next source where one sends something else', async () => {
    sendsPage = () => requests.length === 1;
    const other = `${address}/other`;
    const sources = [webSource(address), webSource(other)];
    await findData({ report, cache, systemFolders: [], sources });
    assert.equal(await firstDefect(cached), undefined);
    assert.deepEqual(messages, [
      `Fetching Fashion-MNIST from ${address}.`,
      `That failed: ${address} sends something else, which was deleted: ${cached}/train-images-idx3-ubyte.gz cannot be decompressed (incorrect header check)`,
      `Fetching Fashion-MNIST from ${other}.`,
    ]);
  });

  it('tells all that was tried, why each failed and what to do', async () => {
    sendsPage = (name) => name.startsWith('train-labels');
    const nowhere = 'http://nowhere.invalid';
    const sources = [webSource(nowhere), webSource(address)];
    const systemFolder = await damagedFolder(join(folder, 'system'), trainLabels, () => undefined);
    const found = findData({ report, cache, systemFolders: [systemFolder], sources });
    await assert.rejects(found, (error: Error) => {
      const [summary, ...tried] = error.message.split('\n  ');
      assert.match(
        summary!,
        /was not found and could not be fetched: .* with --data DIR\. Tried:$/,
      );
      assert.equal(tried[0], `${cached} does not exist`);
      assert.equal(tried[1], `${systemFolder}/train-labels-idx1-ubyte.gz is missing`);
      assert.match(
        tried[2]!,
        /^http:\/\/nowhere\.invalid\/train-images.* cannot be resolved; check/,
      );
      assert.match(tried[3]!, /^http:\/\/127.* something else, .*train-labels.*\(incorrect header/);
      return tried.length === 4;
    });
  });

  it('lets one of two programs fetch, while the other waits', async () => {
    const options = { report, cache, systemFolders: [], sources: [webSource(address)] };
    await Promise.all([findData(options), findData(options)]);
    assert.equal(requests.length, 4);
    assert.ok(
      messages.includes(`Process ${process.pid} is fetching Fashion-MNIST; waiting for it.`),
    );
  });

  it('says that the cache cannot be written', async () => {
    await writeFile(cache, 'a file');
    await assert.rejects(findData({ report, cache, systemFolders: [], sources: [] }), {
      message: `Fashion-MNIST has to be fetched, but ${cached} cannot be written: set ANNEAL_CACHE to a folder that can be, or give the folder that holds the data with --data DIR.`,
    });
  });
});
