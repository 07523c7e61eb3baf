// npm run test:electron: the tests of the extension in the desktop's VS Code, which it downloads: the
// oldest that the extension supports, and today's. On Linux it wants a display (xvfb-run).
import { build, end, installPackages, requireNode, say } from './environment.mjs';
import { testFiles } from './testFiles.mjs';

requireNode();
await installPackages();
await build();
const { register } = await import('tsx/esm/api');
register();
const { runInElectron } = await import('../test/support/vscode/electron.ts');
const { oldestVscode } = await import('../test/support/vscode/release.ts');

const { extension } = testFiles(process.argv.slice(2));
for (const version of [oldestVscode, 'stable']) {
  say(`Testing in VS Code ${version}`);
  const passed = await runInElectron(version, extension).catch((error) => end(error.message));
  if (!passed) process.exitCode = 1;
}
