import { env, Uri, window, workspace, WorkspaceEdit, type Disposable } from 'vscode';
import type { ComparisonStarted } from '../../runner/protocol.ts';
import { planLink, planOf } from './planLink.ts';
import { messageOf } from '../messageOf.ts';

const path = '/compare';

/** Copies the address of a plan, which opens it in another VS Code. @throws Error as `planLink`. */
export async function copyPlanAddress(started: ComparisonStarted): Promise<void> {
  const { query, missing } = planLink(started);
  const address = Uri.from({ scheme: env.uriScheme, authority: 'anneal.anneal', path, query });
  await env.clipboard.writeText(address.toString(true));
  if (missing.length === 0) {
    window.setStatusBarMessage('Copied a link to the plan.', 4000);
    return;
  }
  void window.showWarningMessage(
    `Copied a link to the plan. It does not hold ${missing.join(', nor ')}.`,
  );
}

/** Opens plans by their addresses, as files of schedules that are not saved yet. */
export function registerPlanAddresses(): Disposable {
  return window.registerUriHandler({
    async handleUri(uri) {
      try {
        if (uri.path !== path) throw new Error(`Anneal has no address ${uri.path}.`);
        await openPlan(planOf(uri.query));
      } catch (error) {
        void window.showErrorMessage(messageOf(error));
      }
    },
  });
}

/** A new document with a plan, whose lenses and commands compare its schedules. */
export async function openPlan(text: string): Promise<void> {
  const uri = freeAddress();
  const document = await workspace.openTextDocument(uri);
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(0), text);
  await workspace.applyEdit(edit);
  await window.showTextDocument(document);
}

/** Without a folder, so that saving it asks where to. */
function freeAddress(): Uri {
  const taken = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
  for (let n = 1; ; n++) {
    const uri = Uri.from({
      scheme: 'untitled',
      path: `plan${n > 1 ? `-${n}` : ''}.schedules.json`,
    });
    if (!taken.has(uri.toString())) return uri;
  }
}
