import {
  commands,
  QuickPickItemKind,
  Uri,
  window,
  workspace,
  type Disposable,
  type Memento,
  type QuickPickItem,
  type WorkspaceEdit,
} from 'vscode';
import { settingEdit } from '../../schedules/language/commentEdits.ts';
import { assumedText } from '../../schedules/language/lenses.ts';
import { syntaxProblem } from '../../schedules/reading/python/expression.ts';
import { readSchedules } from '../../schedules/readSchedules.ts';
import type { Assumption } from '../../schedules/reading/reading.ts';
import { activeSource } from '../sources/activeSource.ts';
import { boundValues } from '../sources/bindings.ts';
import type { Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { workspaceEdit } from '../sources/workspaceEdit.ts';
import { isKeptInSettings, keepInSettings } from './keptInSettings.ts';

/**
 * The command that sets a name of a text to a value. Its arguments: the source's address as text, the
 * name, and the value to begin with; then, to ask nothing, the value and where to keep it. Without a
 * name it asks which one of those that are assumed. An empty value gives the name back to the text.
 */
export const bindName = 'anneal.bindName';

/** Where a value is kept. */
export type Keeping = 'setting' | 'comment';

export function registerBindName(sources: Sources, state: Memento): Disposable {
  return commands.registerCommand(
    bindName,
    async (
      address?: string,
      name?: string,
      before?: string | number | boolean,
      value?: string | number | boolean,
      keep?: Keeping,
    ) => {
      const source = sourceAt(sources, address);
      if (!source) {
        const message = 'Open a Python file, a notebook or a file of schedules, and try again.';
        return void window.showErrorMessage(message);
      }
      const chosen = name ?? (await askName(source));
      if (chosen === undefined) return;
      const text = value ?? (await askValue(source, chosen, before));
      if (text === undefined) return;
      const problem = valueProblem(source, String(text));
      if (problem !== undefined) return void window.showErrorMessage(problem);
      // The text may have changed while the user was asked.
      const present = sources.at(source.uri) ?? source;
      await keepValue(present, chosen, String(text).trim(), state, keep);
    },
  );
}

function sourceAt(sources: Sources, address: string | undefined): Source | undefined {
  return address === undefined ? activeSource(sources) : sources.at(Uri.parse(address, true));
}

function assumptionsOf({ read }: Source): readonly Assumption[] {
  const all = [...read.definitions, ...read.uses].flatMap(({ assumptions }) => assumptions);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

async function askName(source: Source): Promise<string | undefined> {
  const bound = Object.entries(boundValues(source.uri));
  const items: (QuickPickItem & { readonly name?: string })[] = [
    ...assumptionsOf(source).map((one) => ({
      name: one.name,
      label: `${one.name} = ${assumedText(one)}`,
      description: 'assumed',
      detail: one.why,
    })),
    { label: 'set by you', kind: QuickPickItemKind.Separator },
    ...bound.map(([name, value]) => ({ name, label: `${name} = ${value}` })),
  ];
  if (items.length === 1) {
    const message = 'Nothing is assumed here: the code gives every value that its schedules need.';
    return void window.showInformationMessage(message);
  }
  const title = 'Set a value that the code does not give';
  return (await window.showQuickPick(items, { title, matchOnDetail: true }))?.name;
}

async function askValue(
  source: Source,
  name: string,
  present: string | number | boolean | undefined,
): Promise<string | undefined> {
  const assumption = assumptionsOf(source).find((one) => one.name === name);
  const before = present ?? (assumption && assumedText(assumption)) ?? '';
  return window.showInputBox({
    title: `Value of ${name}`,
    prompt: assumption
      ? `${assumption.why} A number, or a Python expression of numbers.`
      : 'A number, or a Python expression of numbers. Nothing: the value is the code’s again.',
    value: String(before),
    validateInput: (text) => valueProblem(source, text),
  });
}

/** Why a text cannot be the value of a name, as a sentence. */
function valueProblem({ kind }: Source, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  if (kind === 'json') {
    const problem = syntaxProblem(text);
    return problem && `This ${problem}.`;
  }
  const [finding] = readSchedules('document.py', '', { value: text }).findings;
  return finding && 'This cannot be computed: give a number, or a Python expression of numbers.';
}

async function keepValue(
  source: Source,
  name: string,
  value: string,
  state: Memento,
  keep: Keeping | undefined,
): Promise<void> {
  const wanted = value === '' ? undefined : value;
  const edit = commentEdit(source, name, wanted);
  switch (keep ?? placeOf(source, name, wanted, edit) ?? (await askKeeping(state))) {
    case undefined:
      return;
    case 'setting':
      await keepInSettings(source.uri, name, wanted);
      return;
    case 'comment': {
      if (edit && edit.size > 0 && (await workspace.applyEdit(edit))) return;
      const message = `No comment here can set ${name}: keep it in the setting anneal.bindings.`;
      void window.showErrorMessage(message);
    }
  }
}

/** Where a value can only go: a value that the user has set before is changed where it is. */
function placeOf(
  source: Source,
  name: string,
  value: string | undefined,
  edit: WorkspaceEdit | undefined,
): Keeping | undefined {
  if (!edit || isKeptInSettings(source.uri, name)) return 'setting';
  const isAssumed = assumptionsOf(source).some((one) => one.name === name);
  return value === undefined || !isAssumed ? 'comment' : undefined;
}

/** Whether documents of an address's kind can be changed: extensions may show some that cannot. */
function isWritable({ scheme }: Uri): boolean {
  return scheme === 'untitled' || workspace.fs.isWritableFileSystem(scheme) === true;
}

function commentEdit(
  source: Source,
  name: string,
  value: string | undefined,
): WorkspaceEdit | undefined {
  if (source.kind === 'json' || !isWritable(source.uri)) return undefined;
  const edit = settingEdit(source.text, name, value, (text) =>
    readSchedules('document.py', text, boundValues(source.uri)),
  );
  return edit && workspaceEdit(source, [edit]);
}

const lastKeeping = 'lastKeeping';

async function askKeeping(state: Memento): Promise<Keeping | undefined> {
  const choices: readonly (QuickPickItem & { readonly keeping: Keeping })[] = [
    {
      keeping: 'setting',
      label: 'In the settings of the workspace',
      detail: 'The code stays as it is; the setting is anneal.bindings.',
    },
    {
      keeping: 'comment',
      label: 'In a comment in the code',
      detail: 'Everybody who reads the code has it: # anneal: name=value.',
    },
  ];
  const last = state.get<Keeping>(lastKeeping, 'setting');
  const offered = choices.toSorted(
    (a, b) => Number(b.keeping === last) - Number(a.keeping === last),
  );
  const title = 'Where to keep the value';
  const chosen = (await window.showQuickPick(offered, { title }))?.keeping;
  if (chosen) await state.update(lastKeeping, chosen);
  return chosen;
}
