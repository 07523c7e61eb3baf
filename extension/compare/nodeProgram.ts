import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setting } from '../settings.ts';

/** A Node that runs the runner. */
export interface NodeProgram {
  readonly path: string;
  /** Variables that it needs, besides those of this process. */
  readonly env: Readonly<Record<string, string>>;
  readonly version: string;
}

const execute = promisify(execFile);

/** What `package.json` asks for. */
const oldest = { major: 20, minor: 19 } as const;
const wanted = `Node ${oldest.major}.${oldest.minor} or later`;

/**
 * The Node that the setting names; else the user's own, on the path; else the one within VS Code.
 *
 * @throws Error where none of them works.
 */
export async function findNode(): Promise<NodeProgram> {
  const given = setting('runner.node').trim();
  if (given !== '') {
    const found = await tryNode(given, {});
    if (typeof found !== 'string') return found;
    throw new Error(
      `The setting anneal.runner.node is "${given}", which ${found}: ` +
        `name the program of a ${wanted} there, or nothing.`,
    );
  }
  const own = await tryNode('node', {});
  if (typeof own !== 'string') return own;
  // On a desktop VS Code's Node is within its Electron.
  const within = await tryNode(process.execPath, { ELECTRON_RUN_AS_NODE: '1' });
  if (typeof within !== 'string') return within;
  throw new Error(
    `Training needs ${wanted}: install it, or name it in the setting anneal.runner.node. ` +
      `The one on the path ${own}, VS Code's own ${within}.`,
  );
}

/** @returns the program, or why it is none as the end of a sentence. */
async function tryNode(path: string, env: Readonly<Record<string, string>>) {
  try {
    const options = { env: { ...process.env, ...env }, timeout: 10_000 };
    const { stdout } = await execute(path, ['-p', 'process.versions.node'], options);
    const version = stdout.trim();
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const isNewEnough = major > oldest.major || (major === oldest.major && minor >= oldest.minor);
    return isNewEnough ? { path, env, version } : `is Node ${version || 'of no version'}`;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? 'is not there' : 'does not start';
  }
}
