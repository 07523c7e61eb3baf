import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode';

/** How a document's schedules are written; undefined where it can have none. */
export type Language = 'python' | 'json';

export function languageOf({ languageId, uri }: TextDocument): Language | undefined {
  if (languageId === 'python') return 'python';
  return uri.path.endsWith('.schedules.json') ? 'json' : undefined;
}

/** Python that nowhere names Optax has no schedules, and nothing more is done about it. */
export function mentionsOptax(text: string): boolean {
  return text.includes('optax');
}

/** Whether a change may have brought the word: only the lines that changed are looked at. */
export function bringsOptax(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
): boolean {
  return changes.some(({ range, text }) => {
    if (text.includes('optax')) return true;
    const last = Math.min(document.lineCount - 1, range.start.line + text.split('\n').length);
    for (let line = range.start.line; line <= last; line++) {
      if (document.lineAt(line).text.includes('optax')) return true;
    }
    return false;
  });
}
