import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, extensions, workspace } from 'vscode';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command: string; readonly when?: string }[]>
    >;
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly scope?: string }>
      >;
    };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: Readonly<Record<string, unknown>> }[];
    }[];
  };
}

describe('The manifest', () => {
  const extension = extensions.getExtension('anneal.anneal');
  assert.ok(extension);
  const { extensionPath } = extension;
  const manifest = extension.packageJSON as Manifest;
  const written = readFileSync(join(extensionPath, 'package.json'), 'utf8');
  const texts = JSON.parse(
    readFileSync(join(extensionPath, 'package.nls.json'), 'utf8'),
  ) as Readonly<Record<string, string>>;

  it('has every text in package.nls.json, and none there that it does not use', () => {
    const used = new Set([...written.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
    for (const text of Object.values(texts)) assert.ok(text.length > 3);
  });

  it('contributes only commands that are registered, all under "Anneal"', async () => {
    await extension.activate();
    const registered = new Set(await commands.getCommands(true));
    for (const { command, category } of manifest.contributes.commands) {
      assert.ok(registered.has(command), command);
      assert.equal(category, 'Anneal');
    }
  });

  it('shows in the palette what depends on a state only in that state', () => {
    const palette = manifest.contributes.menus['commandPalette'] ?? [];
    const always = new Set(['anneal.newScheduleFile']);
    for (const { command } of manifest.contributes.commands) {
      const when = palette.find((entry) => entry.command === command)?.when;
      assert.equal(when === undefined, always.has(command), command);
    }
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    for (const { command } of Object.values(manifest.contributes.menus).flat()) {
      assert.ok(known.has(command), command);
    }
  });

  it('gives every setting a default and a scope, and each is read somewhere', () => {
    const source = sources(join(extensionPath, 'extension'));
    const { properties } = manifest.contributes.configuration;
    for (const [key, { default: value, scope }] of Object.entries(properties)) {
      assert.notEqual(value, undefined, key);
      assert.ok(scope, key);
      assert.deepEqual(workspace.getConfiguration().inspect(key)?.defaultValue, value);
      const name = key.replace(/^anneal\./, '');
      assert.match(source, new RegExp(`setting\\('${name.replaceAll('.', '\\.')}'`), key);
    }
  });

  it('points only to files that are there', () => {
    for (const [, path] of written.matchAll(/"(\.?\/?(?:dist|docs|media)\/[^"*]+)"/g)) {
      assert.ok(existsSync(join(extensionPath, path ?? '')), path);
    }
  });

  function sources(folder: string): string {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
  }
});
