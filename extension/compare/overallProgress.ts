import { commands, ProgressLocation, StatusBarAlignment, window, type StatusBarItem } from 'vscode';
import { counted } from '../../schedules/checking/figures.ts';
import { Disposable } from '../dispose.ts';
import type { ComparisonChange, Comparisons } from './comparisons.ts';
import type { ComparisonSession } from './comparisonSession.ts';
import { aboutTime, percent } from './figures.ts';

/** Milliseconds between two changes of what is shown. */
const leastPause = 500;

/** What a comparison that trains is doing: `43 %, about 6 min left`. */
export function progressText({ status }: ComparisonSession): string {
  switch (status.status) {
    case 'reading':
    case 'starting':
      return status.notice ?? status.status;
    case 'paused':
      return `paused at ${percent(status.progress)}`;
    case 'stopping':
      return 'stopping after this step';
    case 'training': {
      const left = status.secondsLeft === null ? '' : `, ${aboutTime(status.secondsLeft)} left`;
      return `${percent(status.progress)}${left}`;
    }
    case 'stopped':
    case 'completed':
    case 'failed':
    case 'opened':
    case 'elsewhere':
      return status.status;
  }
}

/**
 * Shows how far training is wherever the user works: in the status bar over all comparisons, and in a
 * notification for each, which also stops it. Keeps the conditions of the commands.
 */
export class OverallProgress extends Disposable {
  readonly #comparisons: Comparisons;
  readonly #item: StatusBarItem;
  readonly #notified = new Set<ComparisonSession>();
  readonly #conditions = new Map<string, boolean>();
  #timer: NodeJS.Timeout | undefined;

  constructor(comparisons: Comparisons) {
    super();
    this.#comparisons = comparisons;
    this.#item = this._register(
      window.createStatusBarItem('anneal.progress', StatusBarAlignment.Left, 0),
    );
    this.#item.name = 'Anneal: Comparisons';
    this.#item.command = 'anneal.openComparison';
    this._register(
      comparisons.onDidChange((change) => {
        this.#change(change);
      }),
    );
    this._register({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
  }

  #change({ session, change }: ComparisonChange): void {
    if (session.isTraining && !this.#notified.has(session)) this.#notify(session);
    if (change === 'more') {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#show();
      }, leastPause);
    } else {
      this.#show();
    }
  }

  #show(): void {
    const { training } = this.#comparisons;
    const isPaused = training.some(({ status }) => status.status === 'paused');
    this.#setCondition('anneal.isTraining', training.length > 0);
    this.#setCondition('anneal.isPaused', isPaused);
    this.#setCondition(
      'anneal.isRunning',
      training.some(({ status }) => status.status === 'training'),
    );
    const [first] = training;
    if (!first) {
      this.#item.hide();
      return;
    }
    const sum = training.reduce((share, { status }) => share + status.progress, 0);
    const what = training.length === 1 ? '' : `${counted(training.length, 'comparison')} `;
    const icon = isPaused ? 'debug-pause' : 'beaker';
    this.#item.text = `$(${icon}) ${what}${percent(sum / training.length)}`;
    this.#item.tooltip = training.map((one) => `${one.title}: ${progressText(one)}`).join('\n');
    this.#item.show();
  }

  #setCondition(key: string, value: boolean): void {
    if (this.#conditions.get(key) === value) return;
    this.#conditions.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }

  #notify(session: ComparisonSession): void {
    this.#notified.add(session);
    const title = `Comparing ${session.title}`;
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    void window.withProgress(options, (progress, cancelled) => {
      cancelled.onCancellationRequested(() => {
        session.stop();
      });
      return new Promise<void>((resolve) => {
        let [told, shown] = [0, 0];
        const report = (): void => {
          const share = 100 * session.status.progress;
          progress.report({
            message: progressText(session),
            increment: Math.max(0, share - shown),
          });
          [told, shown] = [performance.now(), share];
        };
        report();
        const listening = this.#comparisons.onDidChange(({ session: one, change }) => {
          if (one !== session) return;
          if (change !== 'ended' && change !== 'closed') {
            if (performance.now() - told > leastPause) report();
            return;
          }
          listening.dispose();
          this.#notified.delete(session);
          resolve();
        });
      });
    });
  }
}
