import { Uri, window, type Range, type TextEditor, type TextEditorDecorationType } from 'vscode';
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
    for (const [index, type] of this.#types) editor.setDecorations(type, marks.get(index) ?? []);
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

/** A short thick line in the colour and the dashes of a series. */
function swatch(palette: Palette, index: number): Uri {
  const { color, dash } = seriesStroke(palette, index);
  const { markup: svg } =
    markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 8h12" stroke="${color}" stroke-width="4"${dashes(dash)}/></svg>`;
  return Uri.parse(dataAddress(svg));
}
