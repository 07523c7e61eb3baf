import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pinnedOptax, requirementsFiles } from '../../schedules/checking/pinnedOptax.ts';
import { foldersAround, modulePaths } from '../../schedules/reading/modulePaths.ts';

/** More is not configuration. */
const largestModule = 2 ** 20;

/**
 * Finds the modules that a file imports: beside it, or in one of the folders above, as where the
 * root of a project is on Python's path. The file itself has the path ''.
 */
export function modulesAround(file: string) {
  const main = withSlashes(resolve(file));
  return (module: string, from: string): { path: string; text: string } | undefined => {
    const folder = withSlashes(dirname(from === '' ? main : from));
    for (const path of modulePaths(module, folder)) {
      const text = path === main ? undefined : textOf(path);
      if (text !== undefined) return { path, text };
    }
    return undefined;
  };
}

const withSlashes = (path: string): string => path.replaceAll('\\', '/');

function textOf(path: string): string | undefined {
  try {
    const status = statSync(path);
    return status.isFile() && status.size <= largestModule ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** The versions of Optax that the project of a file requires, where it limits them. */
export async function requiredOptax(file: string): Promise<{ pinnedOptax?: string }> {
  for (const folder of foldersAround(withSlashes(dirname(resolve(file))))) {
    const files = await Promise.all(
      requirementsFiles.map(async (name) => {
        const path = join(folder, name);
        const text = await readFile(path, 'utf8').catch(() => '');
        return { path, text };
      }),
    );
    const pinned = pinnedOptax(files.filter(({ text }) => text !== ''));
    if (pinned !== undefined) return { pinnedOptax: pinned };
    // The folder that has such a file is the project's own.
    if (files.some(({ text }) => text !== '')) return {};
  }
  return {};
}
