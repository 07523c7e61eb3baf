import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { download } from '../../runner/download.ts';

const content = randomBytes(300_000);
const sha256 = createHash('sha256').update(content).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers as a good file server does: byte ranges, if the entity tag still is the one asked for. */
function answerRanges(etag?: string): Answer {
  return ({ headers }, response) => {
    if (etag !== undefined) response.setHeader('etag', etag);
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
    if (headers.range === undefined || !isSame) {
      response.writeHead(200, { 'content-length': content.length }).end(content);
    } else if (start >= content.length) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    } else {
      const rest = content.subarray(start);
      const range = `bytes ${start}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-length': rest.length, 'content-range': range }).end(rest);
    }
  };
}

/** Sends the first `bytes` of what is asked for, then cuts the connection. */
function answerThenCut(bytes: number, etag: string): Answer {
  return ({ headers }, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, {
      etag,
      'content-length': content.length - start,
      ...(start > 0 && {
        'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
      }),
    });
    response.write(content.subarray(start, start + bytes), () => {
      // The bytes need a moment to be on their way, or the reset overtakes them.
      setTimeout(() => response.destroy(), 50);
    });
  };
}

describe('download', () => {
  let answers: Answer[];
  let requests: IncomingMessage[];
  let folder: string;
  let destination: string;
  let url: string;
  const server = createServer((incoming, response) => {
    requests.push(incoming);
    // The last answer is also that to every later request.
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(incoming, response);
  });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
  });
  after(() => server.close());
  beforeEach(async () => {
    requests = [];
    answers = [answerRanges('"a"')];
    folder = await mkdtemp(join(tmpdir(), 'anneal-download-'));
    destination = join(folder, 'new', 'file');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const assertComplete = async (): Promise<void> => {
    assert.ok(content.equals(await readFile(destination)));
    assert.ok(!existsSync(`${destination}.part`));
    assert.ok(!existsSync(`${destination}.part.etag`));
  };
  /** Leaves half of the file behind, as a program that was killed does. */
  const leaveHalf = async (): Promise<void> => {
    const stop = new AbortController();
    answers = [answerThenCut(150_000, '"a"')];
    const onProgress = (received: number): void => {
      if (received === 150_000) stop.abort();
    };
    const stopped = download(url, destination, { onProgress, signal: stop.signal });
    await assert.rejects(stopped, { name: 'AbortError' });
    assert.equal((await readFile(`${destination}.part`)).length, 150_000);
    assert.ok(!existsSync(destination));
    requests = [];
  };

  it('writes the file, makes its folder and tells how far it is', async () => {
    const progress: (readonly [number, number | undefined])[] = [];
    const onProgress = (...now: [number, number | undefined]): void => void progress.push(now);
    await download(url, destination, { sha256, onProgress });
    await assertComplete();
    assert.deepEqual(progress.at(0), [0, content.length]);
    assert.deepEqual(progress.at(-1), [content.length, content.length]);
  });

  it('goes on where an aborted download stopped', async () => {
    await leaveHalf();
    answers = [answerRanges('"a"')];
    await download(url, destination);
    assert.equal(requests[0]!.headers.range, 'bytes=150000-');
    assert.equal(requests[0]!.headers['if-range'], '"a"');
    await assertComplete();
  });

  it('begins anew where the file has changed on the server', async () => {
    await leaveHalf();
    answers = [answerRanges('"b"')];
    await download(url, destination);
    assert.equal(requests[0]!.headers['if-range'], '"a"');
    await assertComplete();
  });

  it('begins anew where the server knows no ranges', async () => {
    await leaveHalf();
    answers = [(_, response) => response.end(content)];
    await download(url, destination, { sha256 });
    assert.equal(requests.length, 1);
    await assertComplete();
  });

  it('does not trust a part that neither a tag nor a digest vouches for', async () => {
    await download(url, destination);
    await writeFile(`${destination}.part`, 'something else');
    requests = [];
    await download(url, destination);
    assert.equal(requests[0]!.headers.range, undefined);
    await assertComplete();
  });

  it('takes a cut connection up again by itself', async () => {
    answers = [answerThenCut(1000, '"a"'), answerThenCut(2000, '"a"'), answerRanges('"a"')];
    await download(url, destination, { sha256 });
    assert.deepEqual(
      requests.map(({ headers }) => headers.range),
      [undefined, 'bytes=1000-', 'bytes=3000-'],
    );
    await assertComplete();
  });

  it('gives up, and keeps what it has, where a connection is cut before anything comes', async () => {
    answers = [answerThenCut(1000, '"a"'), (_, response) => response.destroy()];
    await assert.rejects(download(url, destination), /the connection was cut; run again to go on/);
    assert.equal((await readFile(`${destination}.part`)).length, 1000);
  });

  it('finishes a part that is complete already', async () => {
    await download(url, `${destination}.part`);
    await download(url, destination, { sha256 });
    assert.equal(requests[1]!.headers.range, `bytes=${content.length}-`);
    await assertComplete();
  });

  it('replaces a part that is longer than the file', async () => {
    await download(url, `${destination}.part`);
    await writeFile(`${destination}.part`, '!', { flag: 'a' });
    await download(url, destination, { sha256 });
    await assertComplete();
  });

  it('deletes what has another digest and says so', async () => {
    const expected = '0'.repeat(64);
    await assert.rejects(download(url, destination, { sha256: expected }), (error: Error) => {
      assert.match(error.message, /is not the expected file .* and was deleted: run again/);
      return error.message.includes(sha256) && error.message.includes(expected);
    });
    assert.ok(!existsSync(destination));
    assert.ok(!existsSync(`${destination}.part`));
  });

  it('follows redirects', async () => {
    answers = [
      (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
      answerRanges(),
    ];
    await download(url, destination, { sha256 });
    assert.equal(requests[1]!.url, '/elsewhere');
    await assertComplete();
  });

  it('names the address and the status of an error', async () => {
    answers = [(_, response) => response.writeHead(404).end('no such page')];
    await assert.rejects(download(url, destination), {
      message: `${url} cannot be downloaded: the server answers with status 404.`,
    });
    assert.ok(!existsSync(`${destination}.part`));
  });

  it('stops waiting for a server that sends nothing any more', async () => {
    answers = [
      (_, response) => {
        response.writeHead(200, { 'content-length': content.length });
        response.write('x');
      },
    ];
    await assert.rejects(
      download(url, destination, { idleTimeout: 200 }),
      /the server sends nothing any more; run again to go on/,
    );
  });

  it('says what to do where there is no way to the server', async () => {
    const refused = download('http://127.0.0.1:1/file', destination);
    await assert.rejects(
      refused,
      /127\.0\.0\.1:1\/file cannot be downloaded: the server refuses the connection; check the/,
    );
    const unknown = download('http://nowhere.invalid/file', destination);
    await assert.rejects(
      unknown,
      /nowhere\.invalid\/file cannot be downloaded: the server's name cannot be resolved; check/,
    );
  });

  it('says that a folder cannot be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await assert.rejects(download(url, join(file, 'new')), {
      message: `${join(file, 'new')} cannot be written: a file is where its folder should be; set ANNEAL_CACHE to a folder that can be written.`,
    });
  });

  it('says that the disk is full', async function () {
    if (!existsSync('/dev/full')) this.skip();
    destination = join(folder, 'file');
    await symlink('/dev/full', `${destination}.part`);
    await assert.rejects(download(url, destination), {
      message: `${destination} cannot be written: the disk is full; free some space and run again to go on.`,
    });
  });

  describe('behind a proxy', () => {
    let asked: string[];
    const proxy = createServer((incoming, response) => {
      asked.push(incoming.url!);
      incoming.pipe(
        request(incoming.url!, { headers: incoming.headers }, (answer) => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        }),
      );
    });
    const { http_proxy, no_proxy } = process.env;

    before(async () => {
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    });
    beforeEach(() => {
      asked = [];
      process.env['http_proxy'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      process.env['no_proxy'] = '';
    });
    after(() => {
      proxy.close();
      for (const [name, value] of Object.entries({ http_proxy, no_proxy })) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    });

    it('goes through the proxy that the environment names', async () => {
      await download(url, destination, { sha256 });
      assert.deepEqual(asked, [url]);
      await assertComplete();
    });

    it('leaves the hosts of NO_PROXY out', async () => {
      process.env['no_proxy'] = '127.0.0.1';
      await download(url, destination, { sha256 });
      assert.deepEqual(asked, []);
      await assertComplete();
    });
  });
});
