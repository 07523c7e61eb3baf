// npm run vscode [FOLDER]: VS Code in the browser with the extension as it was just built, showing
// examples/ or that folder, until Ctrl-C.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { build, end, installPackages, requireNode, root } from './environment.mjs';

requireNode();
await installPackages();
await build();
const { register } = await import('tsx/esm/api');
register();
const { startServer } = await import('../test/support/vscode/server.ts');
const { workbenchAddress } = await import('../test/support/vscode/address.ts');

const folder = resolve(process.env['INIT_CWD'] ?? root, process.argv[2] ?? `${root}/examples`);
const options = { withExtension: true, asksForTrust: true };
const server = await startServer(options).catch((error) => end(error.message));
const address = workbenchAddress(server, { folder });
console.log(`VS Code shows ${folder} at\n\n  ${address}\n\nCtrl-C stops it.`);
spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [address], { stdio: 'ignore' }).on(
  'error',
  () => undefined, // There is no desktop to open a browser on; the address is enough.
);
