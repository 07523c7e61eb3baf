import {
  commands,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  window,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { counted } from '../../schedules/checking/figures.ts';
import type { KeptComparison } from '../../runner/protocol.ts';
import type { Comparisons } from '../compare/comparisons.ts';
import { keyOf, type ComparisonSession } from '../compare/comparisonSession.ts';
import { accuracyText, bytesText } from '../compare/figures.ts';
import { Disposable } from '../dispose.ts';
import type { KeptComparisons } from './keptComparisons.ts';

/**
 * The view "Comparisons": what was compared in this project, the newest first. Its elements are folders:
 * they stay the same while what is known of them changes, and so does a menu that is open on one.
 */
export class ComparisonTree extends Disposable implements TreeDataProvider<string> {
  readonly #kept: KeptComparisons;
  readonly #comparisons: Comparisons;
  #isRead = false;
  #listed: readonly string[] = [];
  readonly #changed = this._register(new EventEmitter<string[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly view: TreeView<string>;

  constructor(kept: KeptComparisons, comparisons: Comparisons) {
    super();
    this.#kept = kept;
    this.#comparisons = comparisons;
    this._register(
      kept.onDidChange(() => {
        const isSame = keyOf(this.#folders) === keyOf(this.#listed);
        this.#changed.fire(isSame && this.#listed.length > 0 ? [...this.#listed] : undefined);
      }),
    );
    this._register(
      comparisons.onDidChange(({ session, change }) => {
        if (change === 'more' || change === 'results') return;
        const shown = this.#listed.filter((folder) => session.folders.includes(folder));
        if (shown.length > 0) this.#changed.fire(shown);
      }),
    );
    const options = { treeDataProvider: this, canSelectMany: true };
    this.view = this._register(window.createTreeView('anneal.comparisons', options));
    this._register(
      this.view.onDidChangeSelection(({ selection }) => {
        void commands.executeCommand('setContext', 'anneal.severalSelected', selection.length > 1);
      }),
    );
  }

  get #folders(): readonly string[] {
    return this.#kept.all.map(({ folder }) => folder);
  }

  async getChildren(): Promise<string[]> {
    if (!this.#isRead) {
      await this.#kept.read();
      this.#isRead = true;
    }
    this.#listed = this.#folders;
    return [...this.#listed];
  }

  getTreeItem(folder: string): TreeItem {
    const kept = this.#kept.at(folder);
    // It was deleted a moment ago.
    if (!kept) return new TreeItem('');
    const status = statusOf(kept, this.#comparisons.at([kept.folder]));
    const item = new TreeItem(labelOf(kept));
    const description = descriptionOf(kept, status);
    item.id = kept.folder;
    item.iconPath = iconOf(status);
    item.description = description;
    item.tooltip = tooltipOf(kept, status);
    item.contextValue = `comparison.${status}`;
    item.command = {
      command: 'anneal.openComparison',
      title: 'Open Comparison',
      arguments: [folder],
    };
    item.accessibilityInformation = { label: `${kept.title}, ${status}, ${description}` };
    return item;
  }
}

type Status = KeptComparison['status'];

/** What trains here is known at once; its folder tells it later. */
function statusOf(kept: KeptComparison, session: ComparisonSession | undefined): Status {
  if (session?.isTraining) return 'training';
  const isKnown = session !== undefined && !session.isReading;
  return kept.status === 'training' && isKnown && !session.isInUse ? 'stopped' : kept.status;
}

const icons: Readonly<Record<Status, readonly [icon: string, color?: string]>> = {
  training: ['sync~spin'],
  stopped: ['debug-pause'],
  completed: ['pass', 'testing.iconPassed'],
  failed: ['error', 'testing.iconFailed'],
  damaged: ['warning', 'list.warningForeground'],
};

function iconOf(status: Status): ThemeIcon {
  const [icon, color] = icons[status];
  return new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
}

/** A comparison that nobody has named is called after its file: the date stands beside it. */
const labelOf = ({ title, comparison }: KeptComparison): string =>
  title === comparison ? title.replace(/-\d{4}(-\d\d){2}-\d{6}(-\d+)?$/, '') : title;

function descriptionOf({ best, started, bytes }: KeptComparison, status: Status): string {
  const parts = [
    ...(best ? [`${best.schedule} ${accuracyText(best.accuracy)}`] : []),
    ...(status === 'completed' ? [] : [status]),
    new Date(started).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
    bytesText(bytes),
  ];
  return parts.join(' · ');
}

function tooltipOf(kept: KeptComparison, status: Status): MarkdownString {
  const { title, schedules, runs, epochs, best, started, bytes, folder, problem } = kept;
  const what = [counted(schedules, 'schedule'), counted(runs, 'run'), counted(epochs, 'epoch')];
  const lines = [
    ...(problem === null ? [] : [problem]),
    `${what.join(', ')}: ${status}`,
    ...(best ? [`Best so far: ${best.schedule}, ${accuracyText(best.accuracy)}`] : []),
    new Date(started).toLocaleString(),
    `${bytesText(bytes)} in ${folder}`,
  ];
  const text = new MarkdownString('**').appendText(title).appendMarkdown('**');
  for (const line of lines) text.appendMarkdown('\n\n').appendText(line);
  return text;
}
