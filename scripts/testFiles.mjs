// Which tests there are, and where each of them runs.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { end, root } from './environment.mjs';

/**
 * The test files below some paths, test/ if there are none: `extension` are those that run inside of
 * VS Code's extension host, `node` all others.
 *
 * @param {readonly string[]} paths
 */
export function testFiles(paths) {
  const files = (paths.length > 0 ? paths : ['test']).flatMap(filesBelow).sort();
  const extension = files.filter((file) => file.startsWith(join('test', 'extension') + sep));
  return { extension, node: files.filter((file) => !extension.includes(file)) };
}

/** @param {string} path @returns {string[]} paths in the repository */
function filesBelow(path) {
  const absolute = resolve(root, path);
  if (!existsSync(absolute))
    end(`There is no ${path}: give paths of tests, such as test/schedules.`);
  if (statSync(absolute).isFile()) return [relative(root, absolute)];
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => relative(root, join(absolute, name)));
}
