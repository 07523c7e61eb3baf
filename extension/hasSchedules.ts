import { commands, window } from 'vscode';
import { Disposable } from './dispose.ts';
import { activeSource } from './sources/activeSource.ts';
import type { Sources } from './sources/sources.ts';

/** What the manifest's conditions call it. */
const key = 'anneal.hasSchedules';

/** Keeps a condition for buttons and commands: whether the active editor has schedules. */
export class HasSchedules extends Disposable {
  #isSet = false;
  readonly #sources: Sources;

  constructor(sources: Sources) {
    super();
    this.#sources = sources;
    const update = (): void => {
      this.#update();
    };
    this._register(window.onDidChangeActiveTextEditor(update));
    this._register(window.onDidChangeActiveNotebookEditor(update));
    this._register(sources.onDidRead(update));
    this._register(sources.onDidForget(update));
    update();
  }

  #update(): void {
    const source = activeSource(this.#sources);
    const isSet =
      source !== undefined && source.read.definitions.length + source.read.uses.length > 0;
    if (isSet === this.#isSet) return;
    this.#isSet = isSet;
    void commands.executeCommand('setContext', key, isSet);
  }
}
