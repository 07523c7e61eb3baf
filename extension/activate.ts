import type { ExtensionContext } from 'vscode';
import { Sources } from './sources/sources.ts';

/** What other extensions and the tests get. */
export interface AnnealApi {
  readonly sources: Sources;
}

export function activate(context: ExtensionContext): AnnealApi {
  const sources = new Sources();
  context.subscriptions.push(sources);
  return { sources };
}
