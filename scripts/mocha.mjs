// Runs the Mocha tests below some paths (test/ if none is given) and ends with one line
// `N passed, N failed`. To be run with `--import=tsx`, since the tests are TypeScript.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { root } from './environment.mjs';

const paths = process.argv.slice(2);
const mocha = new Mocha({ timeout: 60_000, slow: 5_000, reporter: 'spec', forbidOnly: true });
for (const file of (paths.length > 0 ? paths : ['test']).flatMap(testFiles).sort()) {
  mocha.addFile(join(root, file));
}

/** @param {string} path @returns {string[]} */
function testFiles(path) {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(path, name));
}

try {
  await mocha.loadFilesAsync();
} catch (error) {
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const runner = mocha.run();
runner.on('end', () => {
  const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
  const skipped = pending > 0 ? `, ${pending} skipped` : '';
  console.log(`${passes} passed, ${failures} failed${skipped}`);
  // Not process.exit: what still runs then is a leak that should be seen.
  process.exitCode = failures > 0 || passes === 0 ? 1 : 0;
});
