import {
  EventEmitter,
  workspace,
  type NotebookCell,
  type NotebookDocument,
  type TextDocument,
  type TextDocumentChangeEvent,
  type Uri,
} from 'vscode';
import { joinCells } from '../../schedules/reading/notebook.ts';
import type { Settings } from '../../schedules/reading/reading.ts';
import { readSchedules, type ReadText } from '../../schedules/readSchedules.ts';
import { Disposable } from '../dispose.ts';
import { boundValues } from './bindings.ts';
import { bringsOptax, languageOf, mentionsOptax } from './interest.ts';
import { Modules, withSlashes } from './modules.ts';
import type { Part, Source } from './source.ts';

/** A document or notebook that may have schedules. */
interface Entry {
  readonly owner: TextDocument | NotebookDocument;
  /** Whether Optax was named in it; what names it once is read from then on. */
  isOfInterest: boolean;
  /** Undefined after a change, until somebody asks. */
  source: Source | undefined;
  /** What a next reading is made faster from. */
  earlier: ReadText['earlier'];
  /** Paths of the files that the reading looked for. */
  imported: ReadonlySet<string>;
}

/**
 * The readings of all open documents and notebooks: one for each version, made when somebody asks,
 * shared by all who ask. A document that does not name Optax costs a look at the lines that change.
 */
export class Sources extends Disposable {
  readonly #modules = this._register(new Modules());
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Set<Entry>();
  #flush: NodeJS.Immediate | undefined;

  readonly #read = this._register(new EventEmitter<Source>());
  /** Tells every new reading, once the keystroke that led to it is done. */
  readonly onDidRead = this.#read.event;
  readonly #forgotten = this._register(new EventEmitter<Uri>());
  /** Tells of a document or notebook that was closed, or has no schedules any more. */
  readonly onDidForget = this.#forgotten.event;

  constructor() {
    super();
    for (const document of workspace.textDocuments) this.#open(document);
    for (const notebook of workspace.notebookDocuments) this.#openNotebook(notebook);
    this._register(
      workspace.onDidOpenTextDocument((document) => {
        this.#open(document);
      }),
    );
    this._register(
      workspace.onDidCloseTextDocument((document) => {
        this.#close(document);
      }),
    );
    this._register(
      workspace.onDidChangeTextDocument((event) => {
        this.#change(event);
      }),
    );
    this._register(
      workspace.onDidOpenNotebookDocument((one) => {
        this.#openNotebook(one);
      }),
    );
    this._register(
      workspace.onDidCloseNotebookDocument((notebook) => {
        this.#close(notebook);
      }),
    );
    this._register(
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length > 0) this.#openNotebook(notebook);
      }),
    );
    this._register(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('anneal')) this.#invalidate(() => true);
      }),
    );
    this._register(
      this.#modules.onDidChange((path) => {
        this.#invalidate(dependsOn(path));
      }),
    );
  }

  override dispose(): void {
    if (this.#flush) clearImmediate(this.#flush);
    super.dispose();
  }

  /** Of what is open and has schedules. */
  get all(): readonly Source[] {
    return [...this.#entries.values()].flatMap((entry) => this.#sourceOf(entry) ?? []);
  }

  /** The reading of a document as it stands; of a notebook's cell, that of its notebook. */
  of(document: TextDocument): Source | undefined {
    const entry = this.#entries.get(ownerOf(document).uri.toString());
    return entry && this.#sourceOf(entry);
  }

  /** The reading of a document or notebook by its address. */
  at(uri: Uri): Source | undefined {
    const entry = this.#entries.get(uri.toString());
    return entry && this.#sourceOf(entry);
  }

  #open(document: TextDocument): void {
    // A cell belongs to its notebook, of which VS Code tells too.
    const isRead = languageOf(document) !== undefined && ownerOf(document) === document;
    if (isRead) this.#put(document, languageOf(document) === 'json' || mentions(document));
    else this.#close(document);
  }

  #openNotebook(notebook: NotebookDocument): void {
    this.#put(
      notebook,
      pythonCells(notebook).some(({ document }) => mentions(document)),
    );
  }

  #put(owner: TextDocument | NotebookDocument, isOfInterest: boolean): void {
    const key = owner.uri.toString();
    const before = this.#entries.get(key);
    const { earlier, imported } = before ?? { earlier: undefined, imported: new Set<string>() };
    const entry = { owner, isOfInterest, source: undefined, earlier, imported };
    if (before) this.#changed.delete(before);
    this.#entries.set(key, entry);
    if (isOfInterest) this.#announce(entry);
    else if (before?.isOfInterest) this.#forgotten.fire(owner.uri);
  }

  #close(owner: TextDocument | NotebookDocument): void {
    const key = owner.uri.toString();
    const entry = this.#entries.get(key);
    // A notebook can be open as text too, under the same address.
    if (entry?.owner !== owner) return;
    this.#entries.delete(key);
    this.#changed.delete(entry);
    this.#forgotten.fire(owner.uri);
  }

  #change({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || languageOf(document) === undefined) return;
    const entry = this.#entries.get(ownerOf(document).uri.toString());
    if (entry && (entry.isOfInterest ||= bringsOptax(document, contentChanges))) {
      this.#announce(entry);
    }
    if (document.uri.scheme === 'file') {
      this.#invalidate(dependsOn(withSlashes(document.uri.fsPath)));
    }
  }

  #invalidate(isStale: (entry: Entry) => boolean): void {
    for (const entry of this.#entries.values()) {
      if (entry.isOfInterest && isStale(entry)) this.#announce(entry);
    }
  }

  /** Has an entry read again, if nobody asks before, when the present event is done with. */
  #announce(entry: Entry): void {
    entry.source = undefined;
    this.#changed.add(entry);
    this.#flush ??= setImmediate(() => {
      this.#flush = undefined;
      const changed = [...this.#changed];
      this.#changed.clear();
      for (const one of changed) {
        const source = this.#sourceOf(one);
        if (source) this.#read.fire(source);
      }
    });
  }

  #sourceOf(entry: Entry): Source | undefined {
    if (!entry.isOfInterest) return undefined;
    return (entry.source ??= this.#readAnew(entry));
  }

  #readAnew(entry: Entry): Source {
    const { owner, earlier } = entry;
    const joined = 'getCells' in owner ? joinedCells(owner) : wholeText(owner);
    const imported = new Set<string>();
    const read = this.#readText(owner.uri, joined, {}, (path) => imported.add(path), earlier);
    entry.earlier = read.earlier;
    entry.imported = imported;
    return { uri: owner.uri, read, ...joined };
  }

  /** What a source would be with other values for some of its names. */
  readWith({ uri, read, ...joined }: Source, settings: Settings): ReadText {
    return this.#readText(uri, joined, settings, () => undefined, read.earlier);
  }

  #readText(
    uri: Uri,
    { kind, text }: Joined,
    settings: Settings,
    imported: (path: string) => void,
    earlier: ReadText['earlier'],
  ): ReadText {
    const importText = this.#modules.importing(uri, imported);
    const pinnedOptax = this.#modules.pinnedOptax(uri);
    const fileName = kind === 'json' ? 'document.json' : 'document.py';
    return readSchedules(
      fileName,
      text,
      { ...boundValues(uri), ...settings },
      {
        ...(importText && { importText }),
        ...(pinnedOptax !== undefined && { pinnedOptax }),
        ...(earlier ? { earlier } : { longest: longestFirstReading }),
      },
    );
  }
}

/** In milliseconds: code that has not run before is slow, and a reading that stops shows too little. */
const longestFirstReading = 1500;

type Joined = Pick<Source, 'kind' | 'text' | 'parts'>;

function wholeText(document: TextDocument): Joined {
  const text = document.getText();
  const kind = languageOf(document) === 'json' ? 'json' : 'python';
  return { kind, text, parts: [{ document, from: 0, to: text.length }] };
}

function joinedCells(notebook: NotebookDocument): Joined {
  const cells = notebook.getCells();
  const { text, cells: spans } = joinCells(
    cells.map(({ document }) =>
      document.languageId === 'python' ? document.getText() : undefined,
    ),
  );
  const parts = spans.flatMap(({ cell, from, to }): Part[] => {
    const document = cells[cell - 1]?.document;
    return document ? [{ document, from, to }] : [];
  });
  return { kind: 'notebook', text, parts };
}

function pythonCells(notebook: NotebookDocument): readonly NotebookCell[] {
  return notebook.getCells().filter(({ document }) => document.languageId === 'python');
}

function mentions(document: TextDocument): boolean {
  return mentionsOptax(document.getText());
}

/** The notebook that a document is a cell of, or the document itself. */
function ownerOf(document: TextDocument): TextDocument | NotebookDocument {
  if (document.uri.scheme !== 'vscode-notebook-cell') return document;
  const { path } = document.uri;
  return (
    workspace.notebookDocuments.find(
      (notebook) =>
        notebook.uri.path === path &&
        notebook.getCells().some((cell) => cell.document === document),
    ) ?? document
  );
}

const dependsOn =
  (path: string) =>
  ({ imported }: Entry): boolean =>
    imported.has(path);
