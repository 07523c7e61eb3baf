import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pinnedOptax } from '../../schedules/checking/pinnedOptax.ts';

/** More is not configuration. */
const largestModule = 2 ** 20;
/** How far up the folders of a project are searched for what an import names. */
const mostParents = 6;

/**
 * Finds the modules that a file imports: beside it, or in one of the folders above, as where the
 * root of a project is on Python's path. The file itself has the path ''.
 */
export function modulesAround(file: string) {
  const main = resolve(file);
  return (module: string, from: string): { path: string; text: string } | undefined => {
    const folder = dirname(from === '' ? main : from);
    const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(module) ?? [];
    const parts = name === '' ? [] : name.split('.');
    const folders =
      dots === ''
        ? Array.from({ length: mostParents }, (_, up) =>
            join(folder, ...Array<string>(up).fill('..')),
          )
        : [join(folder, ...Array<string>(dots.length - 1).fill('..'))];
    for (const place of new Set(folders.map((one) => resolve(one)))) {
      const base = join(place, ...parts);
      for (const path of [`${base}.py`, join(base, '__init__.py')]) {
        const text = path === main ? undefined : textOf(path);
        if (text !== undefined) return { path, text };
      }
    }
    return undefined;
  };
}

function textOf(path: string): string | undefined {
  try {
    const status = statSync(path);
    return status.isFile() && status.size <= largestModule ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

const requirements = [
  'requirements.txt',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'environment.yml',
  'uv.lock',
  'poetry.lock',
];

/** The versions of Optax that the project of a file requires, where it limits them. */
export async function requiredOptax(file: string): Promise<{ pinnedOptax?: string }> {
  let folder = dirname(resolve(file));
  for (let up = 0; up < mostParents; up++) {
    const files = await Promise.all(
      requirements.map(async (name) => {
        const path = join(folder, name);
        const text = await readFile(path, 'utf8').catch(() => '');
        return { path, text };
      }),
    );
    const pinned = pinnedOptax(files.filter(({ text }) => text !== ''));
    if (pinned !== undefined) return { pinnedOptax: pinned };
    // The folder that has such a file is the project's own.
    if (files.some(({ text }) => text !== '') || dirname(folder) === folder) return {};
    folder = dirname(folder);
  }
  return {};
}
