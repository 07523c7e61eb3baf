import { window, type LogOutputChannel } from 'vscode';
import { Disposable } from '../dispose.ts';
import type { ComparisonPanels } from './comparisonPanels.ts';
import type { Comparisons } from './comparisons.ts';
import type { ComparisonSession } from './comparisonSession.ts';
import { accuracyText } from './figures.ts';

/** Tells how comparisons ended, with what can be done then. */
export class Endings extends Disposable {
  readonly #comparisons: Comparisons;
  readonly #panels: ComparisonPanels;
  readonly #log: LogOutputChannel;

  constructor(comparisons: Comparisons, panels: ComparisonPanels, log: LogOutputChannel) {
    super();
    this.#comparisons = comparisons;
    this.#panels = panels;
    this.#log = log;
    this._register(
      comparisons.onDidChange(({ session, change }) => {
        if (change === 'ended') void this.#tell(session);
      }),
    );
  }

  async #tell(session: ComparisonSession): Promise<void> {
    const { title, problem, status, folders, wasAskedToStop } = session;
    const [resume, open, log] = ['Resume', 'Open', 'Show Log'];
    const [folder = ''] = folders;
    if (problem !== undefined) {
      const canResume = session.started !== undefined;
      const picked = await window.showErrorMessage(
        `${title}: ${problem}`,
        ...[...(canResume ? [resume] : []), log],
      );
      if (picked === log) this.#log.show();
      if (picked === resume) this.#panels.show(this.#comparisons.resume(folder, title));
      return;
    }
    // A panel that is in sight says it all.
    if (wasAskedToStop || this.#panels.isShown(session)) return;
    const isWhole = status.status === 'completed';
    const what = isWhole ? 'is trained.' : 'has trained what went on; other runs are stopped.';
    const [best] = session.results?.schedules ?? [];
    const reached = best?.finalAccuracy
      ? ` The best: ${best.schedule}, ${accuracyText(best.finalAccuracy.mean)}.`
      : '';
    const picked = await window.showInformationMessage(`${title} ${what}${reached}`, open);
    if (picked === open) this.#panels.show(this.#comparisons.look(folders, title));
  }
}
