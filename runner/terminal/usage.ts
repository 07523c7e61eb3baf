import { InvalidArgumentError } from 'commander';
import { syntaxProblem } from '../../schedules/reading/python/expression.ts';
import type { Settings } from '../../schedules/reading/reading.ts';
import type { ReadFile } from './files.ts';

/** A call that cannot be meant so; ends with exit code 2. */
export class UsageError extends Error {}

/** The end of what a person stopped, and can go on with; ends with exit code 130. */
export class StoppedError extends Error {}

/** The parts of `NAME=VALUE`, where a text is that. */
export function settingOf(
  text: string,
): { readonly name: string; readonly value: string } | undefined {
  const [, name, value] =
    /^\s*([A-Za-z_](?:[\w.]|\[[^\]=]*\]|\(\w*\))*)\s*=(.*)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}

/** Parses `NAME=VALUE` of a repeatable `--set`. */
export function collectSetting(text: string, settings: Settings): Settings {
  const setting = settingOf(text);
  if (!setting) {
    throw new InvalidArgumentError('give it as NAME=VALUE, such as --set epochs=1.');
  }
  const { name, value } = setting;
  const problem = syntaxProblem(value);
  if (problem !== undefined) throw new InvalidArgumentError(`the value ${problem}.`);
  return { ...settings, [name]: value };
}

/** A parser of whole numbers from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`give a whole number from ${least} on.`);
    }
    return value;
  };
}

/** Parses `0,1,100`. */
export function stepList(text: string): readonly number[] {
  return text.split(',').map(wholeNumber(0));
}

/** @throws UsageError for a `--set` of a name that no file has. */
export function checkSettings(settings: Settings, files: readonly ReadFile[]): void {
  const known = new Set(files.flatMap(({ reading }) => reading.names));
  const unknown = Object.keys(settings).find((name) => !known.has(name));
  if (
    unknown === undefined ||
    files.every(({ reading }) => reading.definitions.length + reading.uses.length === 0)
  )
    return;
  const names = known.size > 0 ? `its names are ${[...known].join(', ')}` : 'it has no names';
  throw new UsageError(`--set ${unknown}: the file has no name '${unknown}'; ${names}.`);
}
