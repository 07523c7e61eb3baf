import { type TextEditor, window, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import { argumentEdit, type ArgumentValue } from '../../schedules/language/argumentEdit.ts';
import { locate, type Source } from '../sources/source.ts';
import { callOf } from './state.ts';

/** A value that a page gives an argument. While something is dragged, one follows another. */
export interface ArgumentChange {
  readonly schedule: string;
  readonly argument: string;
  readonly value: ArgumentValue;
  /** Whether it is the last one of a drag. */
  readonly done: boolean;
}

/**
 * Writes the values that a page gives arguments into the code, one at a time: of those that come
 * while one is written only the newest counts. All of a drag are undone in one step.
 */
export class ArgumentChanges {
  #next: ArgumentChange | undefined;
  #isWriting = false;
  #isInDrag = false;
  readonly #source: () => Source | undefined;

  constructor(source: () => Source | undefined) {
    this.#source = source;
  }

  async apply(change: ArgumentChange): Promise<void> {
    this.#next = change;
    if (this.#isWriting) return;
    this.#isWriting = true;
    try {
      while (this.#next) {
        const next: ArgumentChange = this.#next;
        this.#next = undefined;
        await this.#write(next);
      }
    } finally {
      this.#isWriting = false;
    }
  }

  async #write({ schedule, argument, value, done }: ArgumentChange): Promise<void> {
    const source = this.#source();
    const definition = source?.read.definitions.find(({ name }) => name === schedule);
    const call = source && definition && callOf(definition, source.read);
    if (!source || !call) return;
    const kind = source.kind === 'json' ? 'json' : 'python';
    const edit = argumentEdit(kind, source.text, call, argument, value);
    const place = edit && locate(source, edit.span);
    const part = place && source.parts.find(({ document }) => document.uri === place.uri);
    if (!edit || !place || !part) return;
    const editor = visibleEditor(part.document);
    if (editor) {
      const stops = { undoStopBefore: !this.#isInDrag, undoStopAfter: done };
      await editor.edit((builder) => {
        builder.replace(place.range, edit.text);
      }, stops);
      this.#isInDrag = !done;
    } else if (done) {
      // Without an editor every change would be undone by itself.
      const whole = new WorkspaceEdit();
      whole.replace(place.uri, place.range, edit.text);
      await workspace.applyEdit(whole);
    }
  }
}

function visibleEditor(document: TextDocument): TextEditor | undefined {
  return window.visibleTextEditors.find((editor) => editor.document === document);
}
