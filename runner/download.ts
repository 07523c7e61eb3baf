import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Dispatcher } from 'undici';
import { codeOf, explained } from './downloadErrors.ts';
import { InputError } from './inputError.ts';

export interface DownloadOptions {
  /** Hexadecimal sha256 that the complete file must have. */
  readonly sha256?: string | undefined;
  /** Bytes so far, those of an earlier attempt included, and bytes in all where they are known. */
  readonly onProgress?: ((received: number, total: number | undefined) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of silence after which the server counts as gone; 60,000 if not given. */
  readonly idleTimeout?: number | undefined;
}

/** Its megabyte is loaded only when something is downloaded: programs start sooner. */
const loadUndici = () => import('undici');

/** A download that is cut, but got further each time, is taken up again this often. */
const mostResumptions = 10;

/**
 * Downloads `url` (http or https, through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name)
 * to the file `destination`, which appears only once it is complete, verified and on the disk.
 * Until then the bytes are in `destination.part`, where the next call goes on; two processes must
 * not download to one destination at a time.
 *
 * @throws InputError where the network, the server, the folder or the content is to blame; the reason
 * of `signal` where it is aborted.
 */
export async function download(
  url: string,
  destination: string,
  options: DownloadOptions = {},
): Promise<void> {
  const part = `${destination}.part`;
  const { EnvHttpProxyAgent } = await loadUndici();
  // Connecting takes at most 10 s by undici's default. With `proxyTunnel` plain http would need
  // CONNECT to port 80, which many proxies refuse.
  const agent = new EnvHttpProxyAgent({ proxyTunnel: false });
  try {
    options.signal?.throwIfAborted();
    await mkdir(dirname(destination), { recursive: true });
    await receiveAll(url, part, agent, options);
    if (options.sha256 !== undefined) await verify(url, part, options.sha256);
    await rename(part, destination);
    await rm(tagFile(part), { force: true });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw explained(error, url, destination);
  } finally {
    await agent.destroy();
  }
}

async function receiveAll(
  url: string,
  part: string,
  agent: Dispatcher,
  options: DownloadOptions,
): Promise<void> {
  for (let resumptions = 0; ; resumptions++) {
    const before = await sizeOf(part);
    try {
      await receive(url, part, agent, options);
      return;
    } catch (error) {
      const wasCut = ['UND_ERR_SOCKET', 'ECONNRESET'].includes(codeOf(error) ?? '');
      const gotFurther = (await sizeOf(part)) > before;
      if (!wasCut || !gotFurther || resumptions === mostResumptions) throw error;
    }
  }
}

/** One request for what `part` still lacks, which is everything where it cannot be trusted. */
async function receive(
  url: string,
  part: string,
  agent: Dispatcher,
  options: DownloadOptions,
): Promise<void> {
  const { onProgress, sha256, signal, idleTimeout = 60_000 } = options;
  const held = await sizeOf(part);
  const tag = await readFile(tagFile(part), 'utf8').catch(() => undefined);
  // Without a tag or a digest nobody would notice that the file changed between two attempts.
  const resumes = held > 0 && (tag ?? sha256) !== undefined;
  const { interceptors, request } = await loadUndici();
  const { statusCode, headers, body } = await request(url, {
    dispatcher: agent.compose(interceptors.redirect({ maxRedirections: 5 })),
    headers: {
      'accept-encoding': 'identity',
      ...(resumes && { range: `bytes=${held}-` }),
      ...(resumes && tag !== undefined && { 'if-range': tag }),
    },
    headersTimeout: idleTimeout,
    bodyTimeout: idleTimeout,
    ...(signal && { signal }),
  });
  const contentRange = String(headers['content-range']);
  if (statusCode === 416 && resumes) {
    // Nothing follows what is held: it is the whole file, or more than the server has.
    await body.dump();
    if (contentRange === `bytes */${held}`) return;
    await rm(part);
    await receive(url, part, agent, options);
    return;
  }
  if (statusCode !== 200 && statusCode !== 206) {
    await body.dump();
    throw new InputError(
      `${url} cannot be downloaded: the server answers with status ${statusCode}.`,
    );
  }
  const start = statusCode === 206 ? held : 0;
  if (statusCode === 206 && !contentRange.startsWith(`bytes ${held}-`)) {
    body.destroy();
    throw new InputError(`${url} cannot be resumed: delete ${part} and run again.`);
  }
  if (start === 0) await keepTag(part, headers);
  const length = headers['content-length'];
  const total = length === undefined ? undefined : start + Number(length);
  const file = await open(part, start === 0 ? 'w' : 'a');
  try {
    let received = start;
    onProgress?.(received, total);
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      await file.appendFile(chunk);
      received += chunk.length;
      onProgress?.(received, total);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

const tagFile = (part: string): string => `${part}.etag`;

/** Keeps the entity tag by which the next attempt asks whether the file is still the same. */
async function keepTag(part: string, { etag }: IncomingHttpHeaders): Promise<void> {
  // A weak tag (W/"...") does not promise the same bytes: RFC 9110 forbids it in If-Range.
  if (etag?.startsWith('"')) await writeFile(tagFile(part), etag);
  else await rm(tagFile(part), { force: true });
}

async function verify(url: string, part: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(part), hash);
  const found = hash.digest('hex');
  if (found === sha256.toLowerCase()) return;
  await rm(part);
  await rm(tagFile(part), { force: true });
  throw new InputError(
    `${url} is not the expected file (its sha256 is ${found}, not ${sha256}) and was deleted: ` +
      `run again, and if that does not help, look for a proxy that changes downloads.`,
  );
}

async function sizeOf(file: string): Promise<number> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  return size;
}
