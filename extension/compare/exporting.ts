import { join } from 'node:path';
import { commands, env, UIKind, Uri, window, workspace } from 'vscode';
import type { ExportFormat } from '../../runner/protocol.ts';
import type { CompareExport } from '../../webview/messages.ts';
import type { ComparisonSession } from './comparisonSession.ts';
import { copyPlanAddress } from './planAddress.ts';
import { messageOf } from '../messageOf.ts';

const formats: Readonly<
  Record<CompareExport, { readonly label: string; readonly detail: string }>
> = {
  html: {
    label: 'HTML report',
    detail: 'One file with the whole page, which opens without VS Code.',
  },
  md: { label: 'Markdown', detail: 'The table, for notes and pull requests.' },
  csv: { label: 'CSV', detail: 'Every epoch of every run, for a spreadsheet.' },
  json: { label: 'JSON', detail: 'All figures, for programs.' },
  svg: { label: 'SVG picture', detail: 'The charts, drawn.' },
  tensorboard: { label: 'TensorBoard', detail: 'A folder of event files, one run each.' },
  link: {
    label: 'Link to the plan',
    detail: 'Copied: it opens the schedules and settings elsewhere.',
  },
};

/**
 * Exports a comparison: asks for the format and the place where they are not given.
 *
 * @returns the path that was written.
 */
export async function exportComparison(
  session: ComparisonSession,
  format?: CompareExport,
  path?: string,
): Promise<string | undefined> {
  const chosen = format ?? (await askFormat());
  if (chosen === undefined) return undefined;
  try {
    if (chosen === 'link') {
      await copyPlan(session);
      return undefined;
    }
    const target = path ?? (await askPlace(session, chosen));
    if (target === undefined) return undefined;
    await session.ask('export', { format: chosen, path: target });
    if (path === undefined) void offerToOpen(target, chosen);
    return target;
  } catch (error) {
    void window.showErrorMessage(messageOf(error));
    return undefined;
  }
}

/** Asks where to keep a picture of the charts, and writes it there. */
export async function savePicture(session: ComparisonSession, png: Uint8Array): Promise<void> {
  const target = await window.showSaveDialog({
    defaultUri: placeOf(session, '.png'),
    filters: { Pictures: ['png'] },
    title: 'Save the Picture of the Comparison',
  });
  if (target) await workspace.fs.writeFile(target, png);
}

async function copyPlan({ started }: ComparisonSession): Promise<void> {
  if (!started) throw new Error('The comparison is not read yet: try again in a moment.');
  await copyPlanAddress(started);
}

async function askFormat(): Promise<CompareExport | undefined> {
  const items = Object.entries(formats).map(([format, texts]) => ({
    ...texts,
    format: format as CompareExport,
  }));
  return (await window.showQuickPick(items, { title: 'Export Comparison' }))?.format;
}

async function askPlace(
  session: ComparisonSession,
  format: ExportFormat,
): Promise<string | undefined> {
  const isFolder = format === 'tensorboard';
  const target = await window.showSaveDialog({
    defaultUri: placeOf(session, isFolder ? '-tensorboard' : `.${format}`),
    ...(!isFolder && { filters: { [formats[format].label]: [format] } }),
    title: `Export Comparison: ${formats[format].label}`,
    saveLabel: 'Export',
  });
  return target?.fsPath;
}

/** In the project, under the comparison's title. */
function placeOf({ title, folders }: ComparisonSession, ending: string): Uri {
  const project = workspace.workspaceFolders?.[0]?.uri.fsPath ?? folders[0] ?? '';
  return Uri.file(join(project, `${title.replaceAll(/[/\\:*?"<>|]/g, '-').slice(0, 80)}${ending}`));
}

async function offerToOpen(path: string, format: ExportFormat): Promise<void> {
  const uri = Uri.file(path);
  const open = format === 'tensorboard' ? 'Show' : 'Open';
  const message = `Exported to ${workspace.asRelativePath(uri)}.`;
  if ((await window.showInformationMessage(message, open)) !== open) return;
  if (format === 'tensorboard') await commands.executeCommand('revealInExplorer', uri);
  else if (format === 'html' && isDesktop()) await env.openExternal(uri);
  else await commands.executeCommand('vscode.open', uri);
}

/** Where the files are those of the user's own machine, its browser opens them. */
const isDesktop = (): boolean => env.uiKind === UIKind.Desktop && env.remoteName === undefined;
