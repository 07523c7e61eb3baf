import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { writeDurably } from '../durableFile.ts';
import { cannotWrite, InputError } from '../inputError.ts';
import { lineText } from './figures.ts';
import type { ComparisonFolder } from './folder.ts';

const longestTitle = 200;

/** What people call a comparison; undefined where they have given it no title. */
export async function readTitle({ title }: ComparisonFolder): Promise<string | undefined> {
  const text = await readFile(title, 'utf8').catch(() => '');
  return tidied(text) || undefined;
}

/**
 * Gives a comparison another title; an empty one gives its name back to it.
 *
 * @throws InputError where the folder holds no comparison, or the title is too long or cannot be
 * written.
 */
export async function writeTitle(folder: ComparisonFolder, text: string): Promise<void> {
  const title = tidied(text);
  if (!existsSync(folder.plan)) {
    throw new InputError(`${folder.path} is not the folder of a comparison any more.`);
  }
  if (title.length > longestTitle) {
    throw new InputError(`The title has ${title.length} characters; use at most ${longestTitle}.`);
  }
  try {
    if (title === '') await rm(folder.title, { force: true });
    else await writeDurably(folder.title, `${title}\n`);
  } catch (error) {
    throw cannotWrite(folder.title, error);
  }
}

const tidied = (text: string): string => lineText(text).trim();
