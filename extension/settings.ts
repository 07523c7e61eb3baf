import { type ConfigurationScope, workspace } from 'vscode';

/** The user's settings under `anneal.`, each with the type that the manifest gives it. */
export interface AnnealSettings {
  readonly 'hover.enabled': boolean;
  readonly 'codeLens.enabled': boolean;
  readonly 'inlayHints.enabled': boolean;
  readonly 'gutterColors.enabled': boolean;
  readonly 'completion.enabled': boolean;
  readonly 'signatureHelp.enabled': boolean;
  readonly 'diagnostics.enabled': boolean;
  /** By code of finding: how serious it is, or `off`. */
  readonly 'diagnostics.severity': Readonly<
    Record<string, 'error' | 'warning' | 'information' | 'hint' | 'off'>
  >;
  /** Values of names, by file or for all files (`*`). */
  readonly bindings: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
  /** The program of a Node; empty: the user's, else VS Code's own. */
  readonly 'runner.node': string;
  /** The folder of Fashion-MNIST's four files; empty: where they are found, else they are fetched. */
  readonly 'runner.data': string;
}

export const section = 'anneal';

/** A setting as it stands for a document or folder; the manifest has its default. */
export function setting<Name extends keyof AnnealSettings>(
  name: Name,
  scope?: ConfigurationScope,
): AnnealSettings[Name] {
  const value = workspace.getConfiguration(section, scope).get<AnnealSettings[Name]>(name);
  if (value === undefined) throw new Error(`The manifest has no default for ${section}.${name}.`);
  return value;
}
