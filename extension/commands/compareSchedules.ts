import { dirname } from 'node:path';
import {
  commands,
  ProcessExecution,
  Task,
  tasks,
  TaskScope,
  Uri,
  window,
  workspace,
  type Disposable,
} from 'vscode';
import { activeSource } from '../sources/activeSource.ts';
import { boundValues } from '../sources/bindings.ts';
import type { Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';

export const compareSchedules = 'anneal.compareSchedules';

/**
 * The command that trains under a file's schedules. Its arguments: the file's address as text, and
 * the names of the schedules, or of one; without them it is everything that is compared in the file
 * of the active editor.
 */
export function registerCompareSchedules(sources: Sources, extension: Uri): Disposable {
  return commands.registerCommand(compareSchedules, async (address?: unknown, names?: unknown) => {
    const source = sourceAt(sources, address);
    const problem = source ? await problemOf(source) : noFile;
    if (!source || problem !== undefined) return void window.showErrorMessage(problem ?? noFile);
    await tasks.executeTask(comparison(source, asNames(names), extension));
  });
}

const noFile = 'Open a Python file, a notebook or a *.schedules.json, and try again.';

function sourceAt(sources: Sources, address: unknown): Source | undefined {
  return typeof address === 'string' ? sources.at(Uri.parse(address, true)) : activeSource(sources);
}

/** Why a source cannot be compared; saves what is not on disk, which the runner reads. */
async function problemOf({ uri, read }: Source): Promise<string | undefined> {
  if (!workspace.isTrusted) {
    return 'Training writes files and takes long: trust this workspace first (Manage Workspace Trust).';
  }
  if (uri.scheme !== 'file') return 'Save the file on disk first: the runner reads it from there.';
  if (read.definitions.length + read.uses.length === 0) {
    return 'There is no schedule in this file to compare.';
  }
  if ((await workspace.save(uri)) === undefined) {
    return 'The file could not be saved, and the runner reads it from disk.';
  }
  return undefined;
}

function asNames(names: unknown): readonly string[] {
  return [names].flat().filter((name) => typeof name === 'string');
}

/** `anneal compare` as a task of VS Code, whose terminal stays when it has ended. */
function comparison({ uri }: Source, names: readonly string[], extension: Uri): Task {
  const settings = Object.entries(boundValues(uri)).flatMap(([name, value]) => [
    '--set',
    `${name}=${value}`,
  ]);
  const only = names.length > 0 ? ['--only', names.join(',')] : [];
  const program = Uri.joinPath(extension, 'dist', 'cli.js').fsPath;
  const folder = workspace.getWorkspaceFolder(uri);
  const execution = new ProcessExecution(
    process.execPath,
    [program, 'compare', uri.fsPath, ...only, ...settings],
    {
      cwd: folder?.uri.fsPath ?? dirname(uri.fsPath),
      // On a desktop it is VS Code's own Electron that runs the program.
      env: { ELECTRON_RUN_AS_NODE: '1' },
    },
  );
  const scope = folder ?? TaskScope.Workspace;
  return new Task({ type: 'anneal' }, scope, 'Compare Schedules', 'Anneal', execution);
}
