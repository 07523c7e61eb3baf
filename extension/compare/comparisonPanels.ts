import { Uri, window, workspace, type WebviewPanel, type WebviewPanelSerializer } from 'vscode';
import { isSavedComparison } from '../../webview/messages.ts';
import { Disposable } from '../dispose.ts';
import {
  ComparisonPanel,
  newComparisonPanel,
  panelType,
  type PanelAction,
} from './comparisonPanel.ts';
import type { Comparisons } from './comparisons.ts';
import { foldersOf, type ComparisonSession } from './comparisonSession.ts';

export interface PanelsOptions {
  readonly comparisons: Comparisons;
  readonly extension: Uri;
  readonly act: (session: ComparisonSession, action: PanelAction) => void;
}

/** The open panels, one for each comparison. */
export class ComparisonPanels extends Disposable implements WebviewPanelSerializer {
  readonly #options: PanelsOptions;
  readonly #open = new Map<ComparisonSession, ComparisonPanel>();

  constructor(options: PanelsOptions) {
    super();
    this.#options = options;
    this._register(window.registerWebviewPanelSerializer(panelType, this));
    this._register(
      options.comparisons.onDidChange(({ session, change }) => {
        if (change === 'closed') this.#open.get(session)?.dispose();
        // Nobody looks at it any more.
        if (change === 'ended' && !this.#open.has(session)) options.comparisons.close(session);
      }),
    );
  }

  /** The comparison whose panel has the focus. */
  get active(): ComparisonSession | undefined {
    return [...this.#open.values()].find(({ isActive }) => isActive)?.session;
  }

  hasPanel(session: ComparisonSession): boolean {
    return this.#open.has(session);
  }

  isShown(session: ComparisonSession): boolean {
    return this.#open.get(session)?.isVisible ?? false;
  }

  get all(): readonly ComparisonPanel[] {
    return [...this.#open.values()];
  }

  /** Opens the panel of a comparison, or brings it forward. */
  show(session: ComparisonSession): ComparisonPanel {
    const present = this.#open.get(session);
    present?.reveal();
    return present ?? this.#add(newComparisonPanel(), session);
  }

  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const folders = isSavedComparison(state) ? foldersOf(state.folder) : [];
    const [folder] = folders;
    if (folder === undefined) {
      panel.dispose();
      return;
    }
    const { comparisons } = this.#options;
    // It may have been training when the window was closed.
    if (workspace.isTrusted) await comparisons.goOn();
    const session = comparisons.look(folders);
    const present = this.#open.get(session);
    if (!present) {
      this.#add(panel, session);
      return;
    }
    // VS Code restores a panel when it is first looked at; it was opened anew before.
    panel.dispose();
    present.reveal();
  }

  #add(vscodePanel: WebviewPanel, session: ComparisonSession): ComparisonPanel {
    const { extension, act, comparisons } = this.#options;
    const panel = new ComparisonPanel(vscodePanel, session, {
      extension,
      act: (action) => {
        act(session, action);
      },
    });
    this.#open.set(session, panel);
    vscodePanel.onDidDispose(() => {
      this.#open.delete(session);
      panel.dispose();
      // One that trains goes on without a panel.
      if (!session.isTraining) comparisons.close(session);
    });
    return panel;
  }
}
