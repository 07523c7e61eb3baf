import {
  CodeAction,
  CodeActionKind,
  CodeActionTriggerKind,
  languages,
  type CodeActionContext,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  type Range,
  type TextDocument,
} from 'vscode';
import type { Finding, Span, TextEdit } from '../../schedules/checking/finding.ts';
import { ignoringEdit } from '../../schedules/language/commentEdits.ts';
import { editsOfAll, preferredFix, touch } from '../../schedules/language/fixes.ts';
import { assumedText } from '../../schedules/language/lenses.ts';
import type { Assumption } from '../../schedules/reading/reading.ts';
import { bindName } from '../commands/bindName.ts';
import { offsetAt, rangeOf, type Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { workspaceEdit } from '../sources/workspaceEdit.ts';
import { diagnosticSource, shownFindings } from './diagnostics.ts';
import { scheduleDocuments } from './selector.ts';

const fixAll = CodeActionKind.SourceFixAll.append('anneal');

/** Offers what can be done about findings, and to set what is assumed. */
export function registerCodeActions(sources: Sources): Disposable {
  const provider: CodeActionProvider = {
    provideCodeActions(document, range, context) {
      const source = sources.of(document);
      if (!source) return undefined;
      return [
        ...(wants(context, fixAll, true) ? fixAllActions(source, document) : []),
        ...(wants(context, CodeActionKind.QuickFix)
          ? quickFixes(source, document, range, context)
          : []),
      ];
    },
  };
  const providedCodeActionKinds = [CodeActionKind.QuickFix, fixAll];
  return languages.registerCodeActionsProvider(scheduleDocuments, provider, {
    providedCodeActionKinds,
  });
}

/** Whether actions of a kind are asked for; of some kinds only if they are named. */
function wants({ only }: CodeActionContext, kind: CodeActionKind, byNameOnly = false): boolean {
  return only ? only.contains(kind) : !byNameOnly;
}

function quickFixes(
  source: Source,
  document: TextDocument,
  range: Range,
  context: CodeActionContext,
): readonly CodeAction[] {
  const at = {
    from: offsetAt(source, document, range.start),
    to: offsetAt(source, document, range.end),
  };
  const findings = shownFindings(source, document);
  const here = findings.filter(({ span }) => touch(span, at));
  const shown = new Map(
    here.map((finding) => [finding, diagnosticsOf(finding, source, document, context)]),
  );
  return [
    ...here.flatMap((finding) => fixActions(source, finding, shown.get(finding) ?? [])),
    ...[...new Set(here.map(({ code }) => code))].flatMap((code) =>
      fixAllOfKind(source, findings, code),
    ),
    ...(source.kind === 'json'
      ? []
      : here.flatMap((finding) => ignoreAction(source, finding, shown.get(finding) ?? []))),
    ...assumptionsAt(source, at, context).map((assumption) => bindAction(source, assumption)),
  ];
}

/** The diagnostics of the editor that are a finding. */
function diagnosticsOf(
  { code, span }: Finding,
  source: Source,
  document: TextDocument,
  { diagnostics }: CodeActionContext,
): readonly Diagnostic[] {
  const range = rangeOf(source, document, span);
  return diagnostics.filter(
    (one) => one.source === diagnosticSource && one.code === code && range?.isEqual(one.range),
  );
}

function fixActions(
  source: Source,
  finding: Finding,
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  return (finding.fixes ?? []).map((fix) => {
    const action = editAction(source, fix.title, fix.edits, diagnostics);
    action.isPreferred = fix === preferredFix(finding);
    return action;
  });
}

function fixAllOfKind(
  source: Source,
  findings: readonly Finding[],
  code: string,
): readonly CodeAction[] {
  const alike = findings.filter((finding) => finding.code === code && preferredFix(finding));
  if (alike.length < 2) return [];
  const title = `Fix all ${alike.length} of this kind in this ${source.kind === 'notebook' ? 'notebook' : 'file'}: ${code}`;
  return [editAction(source, title, editsOfAll(alike))];
}

function ignoreAction(
  source: Source,
  { code, span }: Finding,
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  const edit = ignoringEdit(source.text, span.from, code);
  return edit ? [editAction(source, `Ignore ${code} in this line`, [edit], diagnostics)] : [];
}

function editAction(
  source: Source,
  title: string,
  edits: readonly TextEdit[],
  diagnostics: readonly Diagnostic[] = [],
): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.edit = workspaceEdit(source, edits);
  action.diagnostics = [...diagnostics];
  return action;
}

/** What the schedules and rates rest on that stand somewhere. */
function assumptionsAt(
  { read }: Source,
  at: Span,
  { triggerKind }: CodeActionContext,
): readonly Assumption[] {
  const there = [...read.definitions, ...read.uses, ...read.calls].filter(({ span }) =>
    touch(span, at),
  );
  // Code that is not reached is only looked at when somebody asks.
  const isAsked = there.length === 0 && triggerKind === CodeActionTriggerKind.Invoke;
  const unreached = isAsked ? (read.unreachedCalls?.() ?? []) : [];
  const all = [...there, ...unreached.filter(({ span }) => touch(span, at))];
  const byName = new Map(
    all.flatMap(({ assumptions }) => assumptions.map((one) => [one.name, one] as const)),
  );
  return [...byName.values()];
}

function bindAction({ uri }: Source, assumption: Assumption): CodeAction {
  const text = assumedText(assumption);
  const title = `Set ${assumption.name} (assumed ${text})…`;
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { title, command: bindName, arguments: [uri.toString(), assumption.name, text] };
  return action;
}

/** The preferred fixes of all findings in a document, as when it is saved. */
function fixAllActions(source: Source, document: TextDocument): readonly CodeAction[] {
  const findings = shownFindings(source, document).filter(({ span }) =>
    rangeOf(source, document, span),
  );
  const edits = editsOfAll(findings);
  if (edits.length === 0) return [];
  const action = new CodeAction('Fix what Anneal can fix', fixAll);
  action.edit = workspaceEdit(source, edits);
  return [action];
}
