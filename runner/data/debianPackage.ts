import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { dataFiles } from './files.ts';
import { firstDefect } from './idx.ts';
import type { FetchOptions, Source } from './source.ts';
import { messageOf, systemErrorCode } from '../inputError.ts';

const packageName = 'dataset-fashion-mnist';

/** Where the package keeps the files on a system on which it is installed. */
export const packageFolder = '/usr/share/datasets/fashion-mnist';

/**
 * Debian's package, fetched with apt and unpacked without being root and without touching the
 * system: apt's lists (a fresh machine has none, an old one stale ones) and its cache lie in a
 * folder of their own, which is deleted at the end.
 */
export const debianPackage: Source = {
  name: `apt's package ${packageName}`,
  fetch: async (folder, options) => {
    const work = join(folder, 'apt');
    await rm(work, { recursive: true, force: true });
    try {
      await downloadPackage(work, options);
      const archive = (await readdir(work)).find((name) => name.endsWith('.deb')) ?? packageName;
      await run(work, 'dpkg-deb', ['-x', archive, 'unpacked'], options.signal);
      const unpacked = join(work, 'unpacked', packageFolder);
      const defect = await firstDefect(unpacked);
      if (defect !== undefined) throw new Error(`${archive} holds something else: ${defect}`);
      for (const { name } of dataFiles) {
        await rename(join(unpacked, `${name}.gz`), join(folder, `${name}.gz`));
      }
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};

/** Has apt put the package into the folder `work`, where everything else that it writes is too. */
async function downloadPackage(work: string, options: FetchOptions): Promise<void> {
  await mkdir(join(work, 'lists', 'partial'), { recursive: true });
  await mkdir(join(work, 'cache', 'archives', 'partial'), { recursive: true });
  await writeFile(join(work, 'apt.conf'), configuration(work));
  const apt = (what: string, ...args: string[]): Promise<void> =>
    run(work, 'apt-get', [...args, '-c', 'apt.conf'], options.signal, (fraction) =>
      options.onProgress?.(what, fraction),
    );
  // A repository that is broken or unreachable need not be the one that has the package.
  const update = await failureOf(apt('package lists', 'update'));
  options.signal?.throwIfAborted();
  const download = await failureOf(apt(packageName, 'download', packageName));
  options.signal?.throwIfAborted();
  if (download === undefined) return;
  const messages = [update, download].filter((message) => message !== undefined);
  throw new Error([...new Set(messages)].join('; '));
}

/** The message of a failure; undefined where there is none. */
function failureOf(attempt: Promise<void>): Promise<string | undefined> {
  return attempt.then(() => undefined, messageOf);
}

function configuration(work: string): string {
  return `
Dir::State "${work}";
Dir::State::lists "${work}/lists/";
Dir::Cache "${work}/cache/";
APT::Status-Fd "3";
// The user _apt, which root's downloads are left to, cannot write here.
APT::Sandbox::User "root";
// Commands of the system for after an update: they would tidy its own folders.
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Update::Error-Mode "any";
Acquire::Retries "1";
Acquire::http::Timeout "10";
Acquire::https::Timeout "10";
// Only the lists of packages are needed.
#clear Acquire::Languages;
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
`;
}

/** @throws Error with the program and what it says where it fails. */
async function run(
  folder: string,
  program: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
  onProgress?: (fraction: number) => void,
): Promise<void> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  const status = child.stdio[3];
  if (status instanceof Readable) {
    createInterface(status).on('line', (line) => {
      const percent = /^dlstatus:\d+:([\d.]+):/.exec(line)?.[1];
      if (percent !== undefined) onProgress?.(Number(percent) / 100);
    });
  }
  try {
    const said = child.stderr ? text(child.stderr) : '';
    const code = await Promise.race([closed, failed]);
    if (code === 0) return;
    const lines = (await said).trim().split('\n');
    const reason = lines.find((line) => line.startsWith('E: ')) ?? lines.at(-1);
    throw new Error(`${program} ${args[0]} fails with exit code ${code}: ${reason}`);
  } catch (error) {
    // A stopped program may still write: nobody deletes its folder before it has ended.
    await closed;
    const isMissing = systemErrorCode(error) === 'ENOENT';
    throw isMissing ? new Error(`${program} is not there`, { cause: error }) : error;
  }
}
