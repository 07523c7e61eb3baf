import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './cache.ts';

export type Settings = Readonly<Record<string, unknown>>;

export interface Workspace {
  readonly folder: string;
  /** Changes some of the workspace's settings; an open VS Code follows. */
  readonly changeSettings: (changes: Settings) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** A copy of a folder of the repository under its own name, for tests to write into. */
export async function copiedWorkspace(source = 'examples'): Promise<Workspace> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'anneal-workspace-')));
  const folder = join(parent, basename(source));
  await cp(join(root, source), folder, { recursive: true });
  const settingsFile = join(folder, '.vscode', 'settings.json');
  return {
    folder,
    async changeSettings(changes) {
      await mkdir(join(folder, '.vscode'), { recursive: true });
      const settings = existsSync(settingsFile)
        ? (JSON.parse(await readFile(settingsFile, 'utf8')) as Settings)
        : {};
      await writeFile(settingsFile, JSON.stringify({ ...settings, ...changes }, null, 2));
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
