import { commands, window, type Disposable } from 'vscode';
import type { ComparisonSession } from '../compare/comparisonSession.ts';
import { chooseKept, chooseOpen, folderOf, openedAt } from '../history/comparisonChoice.ts';
import type { History } from '../history/history.ts';

/**
 * The commands for comparisons that train or could. Their argument is a comparison's folder, or what
 * the view gives; without one it is that of the active panel, or the user picks.
 */
export function registerSteering(history: History): readonly Disposable[] {
  const { comparisons, panels, kept } = history;
  const steering = (
    name: string,
    title: string,
    fits: (session: ComparisonSession) => boolean,
    act: (session: ComparisonSession) => void,
  ): Disposable =>
    commands.registerCommand(name, async (argument?: unknown) => {
      const folder = folderOf(argument);
      const fitting = comparisons.training.filter(fits);
      const session =
        folder === undefined
          ? await chooseOpen(fitting, panels, title)
          : fitting.find(({ folders }) => folders[0] === folder);
      if (session) act(session);
      else if (fitting.length === 0) {
        void window.showInformationMessage(`${title}: there is none to do that with.`);
      }
    });
  const isPaused = ({ status }: ComparisonSession): boolean => status.status === 'paused';
  return [
    steering(
      'anneal.stopComparison',
      'Stop Comparison',
      () => true,
      (session) => {
        session.stop();
      },
    ),
    steering(
      'anneal.pauseComparison',
      'Pause Comparison',
      (one) => !isPaused(one),
      (session) => {
        session.pause();
      },
    ),
    steering('anneal.continueComparison', 'Continue Comparison', isPaused, (session) => {
      void session.continue();
    }),
    commands.registerCommand('anneal.resumeComparison', async (argument?: unknown) => {
      const chosen = folderOf(argument) ?? panels.active?.folders[0];
      const canResume = ({ status }: { readonly status: string }): boolean =>
        status === 'stopped' || status === 'failed';
      const folder = chosen ?? (await chooseKept(kept, 'Resume Comparison', canResume))?.folder;
      if (folder === undefined) return;
      panels.show(comparisons.resume(folder, kept.at(folder)?.title));
    }),
    commands.registerCommand('anneal.openComparison', async (argument?: unknown) => {
      const folder = folderOf(argument) ?? (await chooseKept(kept, 'Open Comparison'))?.folder;
      if (folder !== undefined) panels.show(openedAt(comparisons, kept, folder));
    }),
  ];
}
