import {
  Uri,
  window,
  workspace,
  type Range,
  type TextDocumentContentChangeEvent,
  type TextEditor,
  type TextEditorDecorationType,
} from 'vscode';
import { markup } from '../../schedules/drawing/markup.ts';
import { palettes, seriesStroke, type Palette } from '../../schedules/drawing/palettes.ts';
import { dashes } from '../../schedules/drawing/legend.ts';
import { Disposable } from '../dispose.ts';
import { setting } from '../settings.ts';
import type { ScheduleColors } from '../sources/scheduleColors.ts';
import { rangeOf, type Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { dataAddress } from './pictures.ts';

/** Beside each schedule's line a piece of its line in the pictures. */
export class GutterColors extends Disposable {
  readonly #sources: Sources;
  readonly #colors: ScheduleColors;
  /** By colour index; made when a first schedule has it. */
  readonly #types = new Map<number, TextEditorDecorationType>();
  /** The lines that are marked by colour index; of an editor whose lines moved, nothing. */
  readonly #marked = new WeakMap<TextEditor, Map<number, string>>();

  constructor(sources: Sources, colors: ScheduleColors) {
    super();
    this.#sources = sources;
    this.#colors = colors;
    const update = (): void => {
      for (const editor of window.visibleTextEditors) this.#mark(editor);
    };
    this._register(
      sources.onDidRead(({ parts }) => {
        for (const editor of window.visibleTextEditors) {
          if (parts.some(({ document }) => document === editor.document)) this.#mark(editor);
        }
      }),
    );
    this._register(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (!contentChanges.some(movesLines)) return;
        for (const editor of window.visibleTextEditors)
          if (editor.document === document) this.#marked.delete(editor);
      }),
    );
    this._register(sources.onDidForget(update));
    this._register(window.onDidChangeVisibleTextEditors(update));
  }

  #mark(editor: TextEditor): void {
    const { document } = editor;
    const source = this.#sources.of(document);
    const isShown = source && setting('gutterColors.enabled', document);
    const marks = isShown ? this.#marksIn(source, editor) : new Map<number, Range[]>();
    for (const index of marks.keys()) {
      if (!this.#types.has(index)) this.#types.set(index, this.#newType(index));
    }
    const before = this.#marked.get(editor);
    const now = new Map<number, string>();
    for (const [index, type] of this.#types) {
      const ranges = marks.get(index) ?? [];
      const lines = ranges.map(({ start }) => start.line).join();
      now.set(index, lines);
      // To set the same ones again is work for the whole window.
      if (before?.get(index) !== lines) editor.setDecorations(type, ranges);
    }
    this.#marked.set(editor, now);
  }

  /** The lines to mark by colour index; a line has room for one mark. */
  #marksIn(source: Source, { document }: TextEditor): Map<number, Range[]> {
    const { definitions, uses } = source.read;
    const rates = uses.filter(({ definition }) => definition === undefined);
    const marked = new Set<number>();
    const marks = new Map<number, Range[]>();
    for (const { name, span } of [...definitions, ...rates]) {
      const range = rangeOf(source, document, { from: span.from, to: span.from });
      if (!range || marked.has(range.start.line)) continue;
      marked.add(range.start.line);
      const index = this.#colors.indexOf(source, name);
      marks.set(index, [...(marks.get(index) ?? []), range]);
    }
    return marks;
  }

  #newType(index: number): TextEditorDecorationType {
    return this._register(
      window.createTextEditorDecorationType({
        gutterIconSize: 'contain',
        light: { gutterIconPath: swatch(palettes.light, index) },
        dark: { gutterIconPath: swatch(palettes.dark, index) },
      }),
    );
  }
}

function movesLines({ range, text }: TextDocumentContentChangeEvent): boolean {
  return !range.isSingleLine || /[\r\n]/.test(text);
}

/** A short thick line in the colour and the dashes of a series. */
function swatch(palette: Palette, index: number): Uri {
  const { color, dash } = seriesStroke(palette, index);
  const { markup: svg } =
    markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 8h12" stroke="${color}" stroke-width="4"${dashes(dash)}/></svg>`;
  return Uri.parse(dataAddress(svg));
}
