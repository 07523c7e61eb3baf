import { workspace, type Uri } from 'vscode';
import type { Settings } from '../../schedules/reading/reading.ts';
import { setting } from '../settings.ts';

/** In the setting: names of all files. */
export const everyFile = '*';

/** The key of a file in the setting: its path from its workspace folder. */
export function fileKey(uri: Uri): string {
  return workspace.asRelativePath(uri, false);
}

/** The values that the user has set for names of a file (`anneal.bindings`), as expressions. */
export function boundValues(uri: Uri): Settings {
  const bindings = setting('bindings', uri);
  const values = { ...bindings[everyFile], ...bindings[fileKey(uri)] };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asPython(value)]));
}

/** A value of the setting as a Python expression; text is one already. */
function asPython(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
