import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { installServer } from './installation.ts';
import { installPacked } from './packed.ts';
import { chosenRelease } from './release.ts';
import { newUserData, type UserData } from './userData.ts';

export interface ServerOptions {
  /** Install the extension, as it was built or from its package. Not wanted where a workbench loads it. */
  readonly withExtension?: boolean | 'packed';
  /** Ask whether a folder is trusted, as VS Code does outside of tests. */
  readonly asksForTrust?: boolean;
  /** Newer releases run test suites in the extension host only so; it hides notifications. */
  readonly smokeTest?: boolean;
  /** Variables of the extension host, besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running server of VS Code, on 127.0.0.1 alone and with a secret in its address. */
export interface Server {
  /** Host and port. */
  readonly authority: string;
  readonly token: string;
  readonly userData: UserData;
  /** All that it has printed. */
  readonly log: () => string;
  /** Ends the server with all that it has started, and removes its data. */
  readonly stop: () => Promise<void>;
}

/** Starts the chosen release of VS Code (1 s), installing it first where the cache lacks it. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  if (process.platform === 'win32') {
    throw new Error('VS Code from npm runs on Linux and macOS; on Windows, npm run test:electron.');
  }
  const installation = await installServer(await chosenRelease());
  const program = join(installation, 'out', 'server-main.js');
  const userData = await newUserData({ withExtension: options.withExtension === true });
  if (options.withExtension === 'packed') await installPacked(program, userData);
  const token = randomUUID();
  const child = spawn(
    process.execPath,
    [
      ...[program, '--accept-server-license-terms'],
      ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token],
      ...['--server-data-dir', userData.folder, '--extensions-dir', userData.extensions],
      ...['--telemetry-level', 'off', '--force-disable-user-env'],
      // On a desktop, extension host and window do not compress what they tell each other either.
      '--disable-websocket-compression',
      ...(options.asksForTrust ? [] : ['--disable-workspace-trust']),
      ...(options.smokeTest ? ['--enable-smoke-test-driver'] : []),
    ],
    {
      env: { ...environment(), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: the extension hosts and what they start end with it.
      detached: true,
    },
  );
  const stop = ownGroup(child, userData);
  const log = { text: '' };
  try {
    const port = await listeningPort(child, log);
    return { authority: `127.0.0.1:${port}`, token, userData, log: () => log.text, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** This process's environment as VS Code's server wants it: none of another VS Code's variables. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name));
  // No marketplace is asked for anything.
  const gallery = { serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' };
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: JSON.stringify(gallery) };
}

/** Ties a process group to this process. @returns what ends the group and removes its data. */
function ownGroup(child: ChildProcess, data: UserData): () => Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group is gone.
    }
  };
  const endNow = (): void => {
    signal('SIGKILL');
    data.remove();
  };
  // A terminal's Ctrl-C does not reach another process group.
  const interrupt = (): never => process.exit(130);
  process.on('exit', endNow).on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return async () => {
    signal('SIGTERM');
    await Promise.race([ended, setTimeout(3_000, undefined, { ref: false })]);
    endNow();
    process.off('exit', endNow).off('SIGINT', interrupt).off('SIGTERM', interrupt);
  };
}

async function listeningPort(child: ChildProcess, log: { text: string }): Promise<string> {
  const port = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        log.text += text;
        const [, found] = /Extension host agent listening on (\d+)/.exec(log.text) ?? [];
        if (found !== undefined) resolve(found);
      });
    }
  });
  const failure = Promise.race([once(child, 'exit'), setTimeout(60_000, [], { ref: false })]);
  const found = await Promise.race([port, failure]);
  if (typeof found === 'string') return found;
  throw new Error(`VS Code's server did not start:\n${log.text.slice(-2_000)}`);
}
