import { commands, type Disposable } from 'vscode';
import { exportComparison } from '../compare/exporting.ts';
import { chooseKept, folderOf, openedAt } from '../history/comparisonChoice.ts';
import type { History } from '../history/history.ts';
import { exportFormats } from '../../runner/protocol.ts';

/**
 * The command that exports a comparison. Its arguments: its folder or what the view gives, the format
 * and the path; what is missing is asked.
 */
export function registerExportComparison({ comparisons, panels, kept }: History): Disposable {
  return commands.registerCommand(
    'anneal.exportComparison',
    async (argument?: unknown, format?: unknown, path?: unknown) => {
      const given = folderOf(argument);
      const active = given === undefined ? panels.active : undefined;
      const folder =
        given ?? (active ? undefined : await chooseKept(kept, 'Export Comparison'))?.folder;
      if (!active && folder === undefined) return;
      const present = active ?? (folder === undefined ? undefined : comparisons.at([folder]));
      const session = present ?? openedAt(comparisons, kept, folder ?? '');
      try {
        await session.read;
        const known = [...exportFormats, 'link' as const].find((one) => one === format);
        return await exportComparison(session, known, typeof path === 'string' ? path : undefined);
      } finally {
        // Opened for this alone.
        if (!present && !panels.hasPanel(session)) comparisons.close(session);
      }
    },
  );
}
