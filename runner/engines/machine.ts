import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** This machine as Node and VS Code's packages name it, such as `linux-x64`. */
export const machine = `${process.platform}-${process.arch}`;

/** Where packaging puts a native file for this machine: below the folder of Anneal's package.json. */
export function shippedNative(file: string): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return join(folder, 'dist', 'native', machine, file);
}
