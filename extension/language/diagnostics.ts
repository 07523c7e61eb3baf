import { isDeepStrictEqual } from 'node:util';
import {
  Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  languages,
  Range,
  type TextDocument,
  type Uri,
} from 'vscode';
import type { Finding, Severity } from '../../schedules/checking/finding.ts';
import { Disposable } from '../dispose.ts';
import { setting } from '../settings.ts';
import { rangeOf, type Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';

/** Who says it, in the editor. */
export const diagnosticSource = 'Anneal';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The findings that the user wants to see in a document, as serious as the user finds them. */
export function shownFindings({ read }: Source, document: TextDocument): readonly Finding[] {
  // By the document, not its address: settings may be those of its language.
  if (!setting('diagnostics.enabled', document)) return [];
  const chosen = setting('diagnostics.severity', document);
  return read.findings.flatMap((finding) => {
    const severity = chosen[finding.code] ?? finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}

/** Underlines the findings of every source that is open, with each of its readings. */
export class Diagnostics extends Disposable {
  readonly #collection = this._register(languages.createDiagnosticCollection('anneal'));
  /** The documents of each source: of a notebook its cells. */
  readonly #documents = new Map<string, readonly Uri[]>();

  constructor(sources: Sources) {
    super();
    this._register(
      sources.onDidRead((source) => {
        this.#show(source);
      }),
    );
    this._register(
      sources.onDidForget((uri) => {
        this.#clear(uri);
      }),
    );
  }

  #show(source: Source): void {
    for (const { document } of source.parts) {
      const findings = shownFindings(source, document);
      const diagnostics = findings.flatMap((finding) => {
        const range = rangeOf(source, document, finding.span);
        return range ? [diagnosticOf(finding, range)] : [];
      });
      // To set the same ones again is work for the whole window.
      if (!isDeepStrictEqual(diagnostics, this.#collection.get(document.uri) ?? []))
        this.#collection.set(document.uri, diagnostics);
    }
    const key = source.uri.toString();
    const uris = new Map(source.parts.map(({ document: { uri } }) => [uri.toString(), uri]));
    for (const before of this.#documents.get(key) ?? []) {
      if (!uris.has(before.toString())) this.#collection.delete(before);
    }
    this.#documents.set(key, [...uris.values()]);
  }

  #clear(uri: Uri): void {
    const key = uri.toString();
    for (const document of this.#documents.get(key) ?? []) this.#collection.delete(document);
    this.#documents.delete(key);
  }
}

function diagnosticOf({ code, severity, message }: Finding, range: Range): Diagnostic {
  const diagnostic = new Diagnostic(range, message, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = code;
  if (code === 'never-used') diagnostic.tags = [DiagnosticTag.Unnecessary];
  return diagnostic;
}
