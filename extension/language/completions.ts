import {
  CompletionItem,
  CompletionItemKind,
  languages,
  MarkdownString,
  SnippetString,
  type CompletionContext,
  type CompletionItemProvider,
  type CancellationToken,
  type Position,
  type TextDocument,
} from 'vscode';
import { withoutBlanks, type Completion } from '../../schedules/language/completion.ts';
import { completionText } from '../../schedules/language/completionText.ts';
import { jsonCompletions } from '../../schedules/language/jsonCompletions.ts';
import { pythonCompletions } from '../../schedules/language/pythonCompletions.ts';
import { Disposable } from '../dispose.ts';
import { setting } from '../settings.ts';
import type { ScheduleColors } from '../sources/scheduleColors.ts';
import { offsetAt, rangeOf, type Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { activePalette } from '../theme.ts';
import { pictureMarkdown } from './pictures.ts';
import { scheduleDocuments } from './selector.ts';

/**
 * What asks for items by itself. Not `(` and `,`: whoever goes on in the next line would accept the
 * first item with Enter.
 */
const triggers = ['.', '=', ' ', '"'];

/** A space asks only where an argument can begin. */
const beforeSpace = /[,=:([{]$/;

/** What has room beside a list of items. */
const pictureWidth = 300;

const kinds = {
  function: CompletionItemKind.Snippet,
  schedule: CompletionItemKind.Variable,
  argument: CompletionItemKind.Snippet,
  value: CompletionItemKind.Value,
} as const;

/** Schedules, their arguments and sensible values, each with the curve that comes of it. */
export class Completions extends Disposable implements CompletionItemProvider {
  readonly #sources: Sources;
  readonly #colors: ScheduleColors;
  /** Where each item that was offered would go. */
  readonly #offered = new WeakMap<CompletionItem, Offer>();

  constructor(sources: Sources, colors: ScheduleColors) {
    super();
    this.#sources = sources;
    this.#colors = colors;
    this._register(languages.registerCompletionItemProvider(scheduleDocuments, this, ...triggers));
  }

  provideCompletionItems(
    document: TextDocument,
    position: Position,
    _: CancellationToken,
    { triggerCharacter }: CompletionContext,
  ): CompletionItem[] | undefined {
    if (triggerCharacter === ' ' && !isAfterSign(document, position)) return undefined;
    const source = this.#sources.of(document);
    if (!source || !setting('completion.enabled', document)) return undefined;
    const complete = source.kind === 'json' ? jsonCompletions : pythonCompletions;
    const offset = offsetAt(source, document, position);
    return complete(source.text, source.read, offset).map((completion, i) => {
      const item = itemOf(completion, i);
      const range = rangeOf(source, document, completion.span);
      if (range) item.range = range;
      this.#offered.set(item, { source, completion });
      return item;
    });
  }

  /** The curve takes another reading of the text, so it is drawn for the item that is looked at. */
  resolveCompletionItem(item: CompletionItem): CompletionItem {
    const offer = this.#offered.get(item);
    if (!offer) return item;
    const { source, completion } = offer;
    const { text, picture } = completionText(
      source,
      completion,
      (changed) => this.#sources.readWith({ ...source, text: changed }, {}),
      { palette: activePalette(), colorOf: (name) => this.#colors.indexOf(source, name) },
    );
    const parts = [picture && pictureMarkdown(picture, pictureWidth), text];
    item.documentation = new MarkdownString(parts.filter((part) => part).join('\n\n'));
    return item;
  }
}

interface Offer {
  readonly source: Source;
  readonly completion: Completion;
}

function isAfterSign(document: TextDocument, { line, character }: Position): boolean {
  return beforeSpace.test(document.lineAt(line).text.slice(0, character).trimEnd());
}

function itemOf(completion: Completion, index: number): CompletionItem {
  const { kind, label, detail, text, span, trial } = completion;
  const item = new CompletionItem(detail === undefined ? label : { label, detail }, kinds[kind]);
  item.insertText = snippetOf(text);
  item.filterText = label;
  // After `optax.` there is much else that may be meant; what a schedule's argument needs goes first.
  const isMember = trial !== undefined && trial.callAt < span.from && kind === 'function';
  if (!isMember) item.sortText = ` ${String(index).padStart(2, '0')}`;
  return item;
}

function snippetOf(text: Completion['text']): SnippetString | string {
  if (text.every((piece) => typeof piece === 'string')) return withoutBlanks(text);
  const snippet = new SnippetString();
  for (const piece of text) {
    if (typeof piece === 'string') snippet.appendText(piece);
    else snippet.appendPlaceholder((blank) => blank.appendText(piece.blank));
  }
  return snippet;
}
