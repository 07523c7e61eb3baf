import { Uri, ViewColumn, window, type WebviewPanel, type WebviewPanelSerializer } from 'vscode';
import { isSavedPreview } from '../../webview/messages.ts';
import { Disposable } from '../dispose.ts';
import { activeAddress } from '../sources/activeSource.ts';
import type { Sources } from '../sources/sources.ts';
import { Preview, type PreviewOptions } from './preview.ts';

/** What VS Code knows the panels by, also when it restores them. */
export const previewType = 'anneal.preview';

/** The open preview panels: one that follows the editor, and those that are locked to a file. */
export class Previews extends Disposable implements WebviewPanelSerializer {
  readonly #open = new Set<Preview>();
  readonly #options: PreviewOptions;

  constructor(options: PreviewOptions) {
    super();
    this.#options = options;
    this._register(window.registerWebviewPanelSerializer(previewType, this));
    this._register(
      options.sources.onDidRead((source) => {
        for (const preview of this.#open) preview.hear(source);
      }),
    );
    this._register({
      dispose: () => {
        this.#open.clear();
      },
    });
  }

  get all(): readonly Preview[] {
    return [...this.#open];
  }

  /** Opens the preview of a document or notebook beside the code, or shows the one that is there. */
  open(uri: Uri, active?: string): Preview {
    const preview =
      this.all.find((one) => one.uri.toString() === uri.toString()) ??
      this.all.find((one) => !one.isLocked) ??
      this.#add(newPanel(), uri, false);
    preview.show(uri, active);
    return preview;
  }

  deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    // A window that went before the page could save anything leaves a panel that knows no file.
    const saved = isSavedPreview(state) ? state : undefined;
    const uri = saved ? Uri.parse(saved.uri, true) : shownAddress(this.#options.sources);
    if (uri) this.#add(panel, uri, saved?.isLocked ?? false);
    else panel.dispose();
    return Promise.resolve();
  }

  #add(panel: WebviewPanel, uri: Uri, isLocked: boolean): Preview {
    const preview = new Preview(panel, uri, isLocked, this.#options);
    this.#open.add(preview);
    panel.onDidDispose(() => {
      this.#open.delete(preview);
      preview.dispose();
    });
    return preview;
  }
}

/** The file of the active editor, or of another one that is on the screen. */
function shownAddress(sources: Sources): Uri | undefined {
  const shown = window.visibleTextEditors.map(({ document }) => sources.of(document)?.uri);
  return activeAddress(sources) ?? shown.find((uri) => uri !== undefined);
}

function newPanel(): WebviewPanel {
  return window.createWebviewPanel(
    previewType,
    'Schedules',
    { viewColumn: ViewColumn.Beside, preserveFocus: true },
    // The page keeps what is its own; everything else it is sent again.
    { enableFindWidget: true },
  );
}
