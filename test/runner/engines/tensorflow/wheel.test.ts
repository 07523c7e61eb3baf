import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PinnedWheel } from '../../../../runner/engines/tensorflow/pinnedWheel.ts';
import { fetchWheel } from '../../../../runner/engines/tensorflow/wheel.ts';
import { setEnvironment } from '../../../support/environment.ts';
import { writeWheel } from '../../../support/wheel.ts';

/** A package index with one project, asking for a login where there is one. */
function serveIndex(wheel: PinnedWheel, content: Buffer, ranges: string[], login?: string): Server {
  const authorization = login && `Basic ${Buffer.from(login).toString('base64')}`;
  return createServer(({ url = '', headers }, response) => {
    if (authorization !== undefined && headers.authorization !== authorization) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="index"' }).end();
    } else if (url === '/simple/anneal-probe/') {
      response.setHeader('content-type', 'text/html');
      response.end(`<a href="/files/${wheel.file}#sha256=${wheel.sha256}">${wheel.file}</a>`);
    } else if (url === `/files/${wheel.file}`) {
      const { range } = headers;
      if (range !== undefined) ranges.push(range);
      const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
      response.writeHead(start > 0 ? 206 : 200, {
        'content-length': content.length - start,
        'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
      });
      response.end(content.subarray(start));
    } else {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
}

describe('fetchWheel', function () {
  this.timeout(60_000);
  let folder: string;
  let destination: string;
  let wheel: PinnedWheel;
  let content: Buffer;
  let ranges: string[];
  let server: Server | undefined;
  let restore: () => void;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-wheel-'));
    destination = join(folder, 'fetched', 'probe.whl');
    await mkdir(join(folder, 'fetched'));
    wheel = writeWheel(folder, { 'probe/data.txt': 'learning rate '.repeat(1000) });
    content = readFileSync(join(folder, wheel.file));
    ranges = [];
    restore = setEnvironment({
      PIP_CONFIG_FILE: '/dev/null',
      PIP_FIND_LINKS: undefined,
      PIP_INDEX_URL: undefined,
      PIP_NO_CACHE_DIR: '1',
      PIP_NO_INDEX: undefined,
      NO_PROXY: '127.0.0.1',
      PATH: process.env['PATH'],
    });
  });

  afterEach(async () => {
    restore();
    server?.close();
    server = undefined;
    await rm(folder, { recursive: true });
  });

  async function useIndex(login?: string): Promise<void> {
    server = serveIndex(wheel, content, ranges, login);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const prefix = login === undefined ? '' : `${login}@`;
    process.env['PIP_INDEX_URL'] = `http://${prefix}127.0.0.1:${port}/simple`;
  }

  const fetchedFiles = (): Promise<string[]> => readdir(join(folder, 'fetched'));

  it("downloads from the index that the user's pip is set to, telling how far it is", async () => {
    await useIndex();
    const progress: [number, number | undefined][] = [];
    await fetchWheel(wheel, destination, {
      onProgress: (received, total) => progress.push([received, total]),
    });
    assert.deepEqual(readFileSync(destination), content);
    assert.deepEqual(progress.at(-1), [content.length, content.length]);
    assert.deepEqual(await fetchedFiles(), ['probe.whl']);
  });

  it('goes on where an earlier attempt ended', async () => {
    await useIndex();
    await writeFile(`${destination}.part`, content.subarray(0, 100));
    await fetchWheel(wheel, destination);
    assert.deepEqual(ranges, ['bytes=100-']);
    assert.deepEqual(readFileSync(destination), content);
  });

  it('leaves it to pip where the index asks for a login that only pip knows', async () => {
    await useIndex('user:secret');
    await fetchWheel(wheel, destination);
    assert.deepEqual(readFileSync(destination), content);
    assert.deepEqual(await fetchedFiles(), ['probe.whl']);
  });

  it('leaves it to pip where the wheel lies in a folder (PIP_FIND_LINKS)', async () => {
    process.env['PIP_FIND_LINKS'] = folder;
    process.env['PIP_NO_INDEX'] = '1';
    await fetchWheel(wheel, destination);
    assert.deepEqual(readFileSync(destination), content);
  });

  it('refuses a file with another digest, downloaded or from pip, and keeps nothing', async () => {
    const other = { ...wheel, sha256: '0'.repeat(64) };
    await useIndex();
    await assert.rejects(fetchWheel(other, destination), /is not the expected file/);
    process.env['PIP_FIND_LINKS'] = folder;
    process.env['PIP_NO_INDEX'] = '1';
    await assert.rejects(fetchWheel(other, destination), /pip cannot fetch anneal-probe 1\.0: /);
    assert.deepEqual(await fetchedFiles(), []);
  });

  it('says what pip says where the index does not have the wheel', async () => {
    await useIndex();
    await assert.rejects(fetchWheel({ ...wheel, version: '2.0', file: 'x' }, destination), {
      message:
        'pip cannot fetch anneal-probe 2.0: No matching distribution found for anneal-probe==2.0. ' +
        'Check the network and the index that pip uses ("python3 -m pip config list").',
    });
  });

  it('says what to install where there is no Python with pip', async () => {
    process.env['PATH'] = folder;
    await assert.rejects(fetchWheel(wheel, destination), /no Python with pip .* python3-pip/);
  });

  it('stops with the reason of its signal', async () => {
    await useIndex();
    const stopping = AbortSignal.abort(new Error('stopped by the user'));
    await assert.rejects(fetchWheel(wheel, destination, { signal: stopping }), {
      message: 'stopped by the user',
    });
    assert(!existsSync(destination));
  });
});
