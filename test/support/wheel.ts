import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PinnedWheel } from '../../runner/engines/tensorflow/pinnedWheel.ts';

/** A wheel is a zip file, for which Node has no writer. */
const writeZip = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as wheel:
    for name, text in json.load(sys.stdin).items():
        wheel.writestr(name, text)
`;

/** Writes a real wheel, one that pip accepts, of the project `anneal-probe` into a folder. */
export function writeWheel(folder: string, files: Readonly<Record<string, string>>): PinnedWheel {
  const metadata = 'anneal_probe-1.0.dist-info';
  const entries = {
    ...files,
    [`${metadata}/METADATA`]: 'Metadata-Version: 2.1\nName: anneal-probe\nVersion: 1.0\n',
    [`${metadata}/WHEEL`]: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${metadata}/RECORD`]: '',
  };
  const file = 'anneal_probe-1.0-py3-none-any.whl';
  const path = join(folder, file);
  execFileSync('python3', ['-c', writeZip, path], { input: JSON.stringify(entries) });
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  const platform = 'manylinux_2_27_x86_64';
  return { project: 'anneal-probe', version: '1.0', file, platform, sha256 };
}
