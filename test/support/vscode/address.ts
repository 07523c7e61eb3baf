import type { Server } from './server.ts';

export interface Opening {
  /** Absolute path of the folder that the workbench opens; none is an empty window. */
  readonly folder?: string;
  /** Absolute path of an extension's folder to be loaded from its sources. */
  readonly extensionDevelopmentPath?: string;
  /** Absolute path of the module whose `run` the extension host calls; it ends afterwards. */
  readonly extensionTestsPath?: string;
}

/** The address of a server's workbench. */
export function workbenchAddress({ authority, token }: Server, opening: Opening = {}): string {
  const { folder, ...paths } = opening;
  const address = new URL(`http://${authority}/`);
  address.searchParams.set('tkn', token);
  if (folder === undefined) address.searchParams.set('ew', 'true');
  else address.searchParams.set('folder', folder);
  const payload = Object.entries(paths).map(([name, path]) => [
    name,
    `vscode-remote://${authority}${path}`,
  ]);
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}
