import {
  EventEmitter,
  InlayHint,
  InlayHintKind,
  languages,
  type InlayHintsProvider,
  type Range,
  type TextDocument,
} from 'vscode';
import { inlayHints } from '../../schedules/language/inlayHints.ts';
import { Disposable } from '../dispose.ts';
import { setting } from '../settings.ts';
import { offsetAt, rangeOf } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { scheduleDocuments } from './selector.ts';

/** Names of arguments that are given by position, and the rate at the end of each phase. */
export class InlayHints extends Disposable implements InlayHintsProvider {
  readonly #sources: Sources;
  readonly #changed = this._register(new EventEmitter<void>());
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(sources: Sources) {
    super();
    this.#sources = sources;
    this._register(
      sources.onDidRead(() => {
        this.#changed.fire();
      }),
    );
    this._register(languages.registerInlayHintsProvider(scheduleDocuments, this));
  }

  provideInlayHints(document: TextDocument, { start, end }: Range): InlayHint[] | undefined {
    const source = this.#sources.of(document);
    if (!source || !setting('inlayHints.enabled', document)) return undefined;
    const shown = { from: offsetAt(source, document, start), to: offsetAt(source, document, end) };
    return inlayHints(source.text, source.read, shown).flatMap((hint) => {
      const { offset, label, tooltip, kind } = hint;
      const position = rangeOf(source, document, { from: offset, to: offset })?.start;
      if (!position) return [];
      const isName = kind === 'name';
      const shownHint = new InlayHint(
        position,
        label,
        isName ? InlayHintKind.Parameter : undefined,
      );
      shownHint.tooltip = tooltip;
      shownHint.paddingRight = isName;
      shownHint.paddingLeft = !isName;
      return [shownHint];
    });
  }
}
