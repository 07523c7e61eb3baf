import manifest from '../../../package.json' with { type: 'json' };
import { npm, root } from './cache.ts';

/**
 * Releases of npm's code-server, whose tarball carries the server of VS Code: 4.100.3 is the one of
 * VS Code 1.100.3. The oldest is the one that the manifest asks for.
 */
const pinned = { oldest: '4.100.3', newest: '4.139.1' } as const;

/** From this major version of Node on, the newest VS Code is tested; before, the oldest. */
const nodeOfNewest = 24;

/**
 * The release to test with: what ANNEAL_VSCODE says (`oldest`, `newest`, or a version such as
 * 1.105.1), else by the Node that runs. The newest is what the registry has, or the pinned one
 * where that needs another Node or the registry does not answer.
 */
export async function chosenRelease(): Promise<string> {
  const major = Number.parseInt(process.versions.node, 10);
  const wanted = process.env['ANNEAL_VSCODE'] ?? (major < nodeOfNewest ? 'oldest' : 'newest');
  if (wanted === 'oldest') return pinned.oldest;
  if (wanted === 'newest') return (await newestRelease(major)) ?? pinned.newest;
  if (!/^1\.\d+\.\d+$/.test(wanted)) {
    throw new Error(`ANNEAL_VSCODE is "${wanted}": set it to oldest, newest, or e.g. 1.105.1.`);
  }
  return wanted.replace('1', '4');
}

/** The oldest VS Code that the manifest allows, such as `1.100.0`. */
export const oldestVscode = manifest.engines.vscode.replace('^', '');

async function newestRelease(nodeMajor: number): Promise<string | undefined> {
  try {
    const answer = await npm(['view', 'code-server', 'version', 'engines.node', '--json'], root);
    const latest = JSON.parse(answer) as { version: string; 'engines.node': string };
    return Number.parseInt(latest['engines.node'], 10) === nodeMajor ? latest.version : undefined;
  } catch {
    return undefined;
  }
}
