import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { systemErrorCode } from '../inputError.ts';

/** The files of a comparison on disk, from its folder. */
export interface ComparisonFolder {
  readonly path: string;
  readonly plan: string;
  readonly events: string;
  /** What people call it, where they have given it a title. */
  readonly title: string;
  /** The right class of each test image, one byte an image. */
  readonly labels: string;
  /** Names the process that writes here. */
  readonly lock: string;
  /** What the folders of all runs lie in. */
  readonly allCheckpoints: string;
  readonly allPredictions: string;
  checkpoints(run: string): string;
  predictions(run: string): string;
  report(format: string): string;
}

export function comparisonFolder(path: string): ComparisonFolder {
  return {
    path,
    plan: join(path, 'plan.json'),
    events: join(path, 'events.jsonl'),
    title: join(path, 'title.txt'),
    labels: join(path, 'labels.u8'),
    lock: join(path, 'lock'),
    allCheckpoints: join(path, 'checkpoints'),
    allPredictions: join(path, 'predictions'),
    checkpoints: (run) => join(path, 'checkpoints', fileName(run)),
    predictions: (run) => join(path, 'predictions', fileName(run)),
    report: (format) => join(path, `report.${format}`),
  };
}

/** The folder of the comparisons of a project, in the project's own. */
export const comparisonsFolder = '.anneal';

/** Makes git ignore the comparisons of a project, unless somebody has decided otherwise. */
export async function hideFromGit({ path }: ComparisonFolder): Promise<void> {
  const parent = dirname(resolve(path));
  if (basename(parent) !== comparisonsFolder) return;
  await writeFile(join(parent, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  });
}

const longestFileName = 120;

/**
 * A run's name as the name of a file: as it is where every file system takes it; other characters
 * become %XX as in an address, so that two runs never share a name. A very long one is cut, with a
 * checksum in place of the rest.
 */
export function fileName(run: string): string {
  const encoded = run
    .replace(/[%/\\:*?"<>|]|\p{Cc}|\p{Cs}|^[. ]|[. ]$/gu, percentEncoded)
    // Devices of Windows, whatever their ending; a % that begins no code comes from nowhere else.
    .replace(/^(con|prn|aux|nul|com\d|lpt\d|)(?=\.|$)/i, '$&%');
  if (Buffer.byteLength(encoded) <= longestFileName) return encoded;
  const checksum = createHash('sha256').update(run, 'utf16le').digest('hex').slice(0, 16);
  return `${Array.from(encoded).slice(0, 24).join('')}%-${checksum}`;
}

function percentEncoded(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
}
