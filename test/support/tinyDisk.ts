import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real file system that is soon full. */
export interface TinyDisk {
  readonly path: string;
  readonly resize: (kilobytes: number) => void;
  /** Makes one of its folders read-only; gives what makes it writable again. */
  readonly freeze: (folder: string) => () => void;
  readonly remove: () => void;
}

/** Mounts a disk of some kilobytes; undefined where that is not allowed (only root may, on Linux). */
export function tinyDisk(kilobytes: number): TinyDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'anneal-disk-'));
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path];
    execFileSync('mount', options, { stdio: 'ignore' });
  } catch {
    rmdirSync(path);
    return undefined;
  }
  return {
    path,
    resize(size) {
      execFileSync('mount', ['-o', `remount,size=${size}k`, path]);
    },
    freeze(folder) {
      execFileSync('mount', ['--bind', folder, folder]);
      execFileSync('mount', ['-o', 'remount,ro,bind', folder]);
      return () => execFileSync('umount', [folder]);
    },
    remove() {
      execFileSync('umount', [path]);
      rmdirSync(path);
    },
  };
}
