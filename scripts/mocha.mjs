// Runs the Mocha tests below some paths (test/ if none is given) that run in Node, and ends with one
// line `N passed, N failed`. To be run with `--import=tsx`, since the tests are TypeScript.
import { join } from 'node:path';
import Mocha from 'mocha';
import { endSuite } from '../test/support/counts.ts';
import { root } from './environment.mjs';
import { testFiles } from './testFiles.mjs';

const mocha = new Mocha({ timeout: 60_000, slow: 5_000, reporter: 'spec', forbidOnly: true });
for (const file of testFiles(process.argv.slice(2)).node) mocha.addFile(join(root, file));

try {
  await mocha.loadFilesAsync();
} catch (error) {
  console.error(error);
  endSuite({ passes: 0, failures: 1, pending: 0 }, console.log);
  process.exit(1);
}
const runner = mocha.run();
runner.on('end', () => {
  const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
  endSuite({ passes, failures, pending }, console.log);
  // Not process.exit: what still runs then is a leak that should be seen.
  process.exitCode = failures > 0 || passes === 0 ? 1 : 0;
});
