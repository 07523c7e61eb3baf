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
// What happens in a window depends on the load of the machine, which nobody controls on CI: a second attempt
// there, which is told. Elsewhere the first one counts.
if (process.env['CI']) {
  mocha.suite.eachTest((test) => {
    if (test.file?.includes(join('test', 'workbench'))) test.retries(1);
  });
}
const runner = mocha.run();
runner.on('retry', (test, error) => {
  console.error(`Tried again: ${test.fullTitle()}\n${error.stack ?? error.message}`);
});
runner.on('end', () => {
  const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
  endSuite({ passes, failures, pending }, console.log);
  // Not process.exit: what still runs then is a leak that should be seen.
  process.exitCode = failures > 0 || passes === 0 ? 1 : 0;
});
