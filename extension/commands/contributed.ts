import type { Extension } from 'vscode';

/** Tells whether the extension's own manifest has a command, so that no link leads nowhere. */
export function contributedCommands({
  packageJSON,
}: Pick<Extension<unknown>, 'packageJSON'>): (command: string) => boolean {
  const { contributes } = packageJSON as {
    readonly contributes?: { readonly commands?: readonly { readonly command: string }[] };
  };
  const contributed = new Set(contributes?.commands?.map(({ command }) => command));
  return (command) => contributed.has(command);
}
