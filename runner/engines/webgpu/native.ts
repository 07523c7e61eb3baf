import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { machine, shippedNative } from '../machine.ts';

/** This machine as npm's package `webgpu` names it: one file serves both processors of macOS. */
const platform = machine.replace(/^darwin-.*/, 'darwin-universal');

/**
 * Dawn, the WebGPU of Chromium, as a module of Node: the one shipped with Anneal, else that of npm's
 * package `webgpu`; undefined where there is none for this machine.
 */
export function findDawn(): string | undefined {
  return [shippedNative('dawn.node'), ...installedDawn()].find((path) => existsSync(path));
}

function installedDawn(): readonly string[] {
  try {
    const main = createRequire(import.meta.url).resolve('webgpu');
    return [join(dirname(main), 'dist', platform, 'dawn.node')];
  } catch {
    return [];
  }
}
