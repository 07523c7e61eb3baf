/** How far up the folders of a project are searched for what an import names. */
const mostParents = 6;

/** The folder of a path, and the folders around it, nearest first. Paths have forward slashes. */
export function foldersAround(folder: string): readonly string[] {
  const folders = [folder];
  for (let up = parentOf(folder); up !== undefined; up = parentOf(up)) {
    if (folders.length >= mostParents) break;
    folders.push(up);
  }
  return folders;
}

export function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  // `/` and `C:/` have no parent.
  return slash <= 0 || slash === path.length - 1 ? undefined : path.slice(0, slash);
}

/**
 * Where the file of a module may lie: of a relative import (`.config`) beside the file that imports
 * it, else in its folder or one of those around it, as where a project's root is on Python's path.
 *
 * @param module dotted, with leading dots where it is relative.
 * @param folder of the file that imports it, with forward slashes.
 */
export function modulePaths(module: string, folder: string): readonly string[] {
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(module) ?? [];
  const around = foldersAround(folder);
  const folders = dots === '' ? around : around.slice(dots.length - 1, dots.length);
  const path = name === '' ? '' : `/${name.replaceAll('.', '/')}`;
  return folders.flatMap((place) => [
    ...(path === '' ? [] : [`${place}${path}.py`]),
    `${place}${path}/__init__.py`,
  ]);
}
