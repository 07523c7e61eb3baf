import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { root } from './cache.ts';

/** What a VS Code of its own keeps: the user's settings, the installed extensions. */
export interface UserData {
  readonly folder: string;
  readonly extensions: string;
  readonly remove: () => void;
}

/** Nothing asks the network, nothing pops up, and only what is looked at is on the screen. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** A new folder of user data, with this extension installed as it was last built if that is asked. */
export async function newUserData({
  withExtension,
}: {
  withExtension: boolean;
}): Promise<UserData> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-vscode-'));
  const extensions = join(folder, 'extensions');
  const user = join(folder, 'data', 'User');
  await mkdir(user, { recursive: true });
  await writeFile(join(user, 'settings.json'), JSON.stringify(quietSettings));
  await mkdir(extensions);
  if (withExtension) await unpackExtension(extensions);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { folder, extensions, remove };
}

/** Copies what .vscodeignore lets into the package (all of dist/) to where VS Code looks for it. */
async function unpackExtension(extensions: string): Promise<void> {
  const target = join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  const packaged = (await readFile(join(root, '.vscodeignore'), 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1).split('/')[0] ?? '');
  for (const name of new Set(packaged)) {
    await cp(join(root, name), join(target, name), { recursive: true });
  }
}
