import { window } from 'vscode';
import type { KeptComparison } from '../../runner/protocol.ts';
import type { KeptComparisons } from './keptComparisons.ts';
import type { ComparisonPanels } from '../compare/comparisonPanels.ts';
import type { Comparisons } from '../compare/comparisons.ts';
import type { ComparisonSession } from '../compare/comparisonSession.ts';
import { progressText } from '../compare/overallProgress.ts';

/**
 * The comparison of those that are open that a command is about: the one whose panel has the focus,
 * the only one, or the one that the user picks.
 */
export async function chooseOpen(
  sessions: readonly ComparisonSession[],
  panels: ComparisonPanels,
  title: string,
): Promise<ComparisonSession | undefined> {
  const { active } = panels;
  if (active && sessions.includes(active)) return active;
  if (sessions.length < 2) return sessions[0];
  const items = sessions.map((session) => ({
    label: session.title,
    description: progressText(session),
    session,
  }));
  return (await window.showQuickPick(items, { title }))?.session;
}

/** A comparison of those on the disk that the user picks. */
export async function chooseKept(
  kept: KeptComparisons,
  title: string,
  fits: (one: KeptComparison) => boolean = () => true,
): Promise<KeptComparison | undefined> {
  const all = (await kept.read()).filter(fits);
  if (all.length === 0) {
    void window.showInformationMessage(
      `${title}: there is none. Anneal: Compare Schedules makes one from a file with schedules.`,
    );
    return undefined;
  }
  const items = all.map((one) => ({
    label: one.title,
    description: new Date(one.started).toLocaleString(),
    detail: [one.status, ...(one.best ? [`best: ${one.best.schedule}`] : [])].join(', '),
    one,
  }));
  return (await window.showQuickPick(items, { title, matchOnDetail: true }))?.one;
}

/** What a command is given by a view or another program: a comparison, or its folder. */
export function folderOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  const isKept = typeof argument === 'object' && argument !== null && 'folder' in argument;
  return isKept && typeof argument.folder === 'string' ? argument.folder : undefined;
}

/** The comparison of a folder, opened where it is not; its title is that on the disk. */
export function openedAt(
  comparisons: Comparisons,
  kept: KeptComparisons,
  folder: string,
): ComparisonSession {
  return comparisons.look([folder], kept.at(folder)?.title);
}
