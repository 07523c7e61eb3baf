// npm test: set-up and the tests, on a bare clone too. Arguments are paths of tests to run alone:
//   npm test -- test/schedules
import './setup.mjs';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run, say } from './environment.mjs';
import { testFiles } from './testFiles.mjs';

const paths = process.argv.slice(2);
const { node, extension } = testFiles(paths);
const folder = mkdtempSync(join(tmpdir(), 'anneal-counts-'));
const suites = [
  ...(node.length > 0 ? [await runSuite('Testing', 'mocha.mjs')] : []),
  ...(extension.length > 0 ? [await runSuite('Testing in VS Code', 'extensionSuite.mjs')] : []),
];
rmSync(folder, { recursive: true });

/** @param {(suite: (typeof suites)[number]) => number} count */
const sum = (count) => suites.reduce((before, suite) => before + count(suite), 0);
const [passed, failed] = [sum(({ passes }) => passes), sum(({ failures }) => failures)];
const skipped = sum(({ pending }) => pending);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/**
 * Runs the tests below the paths by a script, which leaves its counts in a file
 * (test/support/counts.ts). One that fails without counting a failure counts as one.
 *
 * @param {string} title
 * @param {string} script
 */
async function runSuite(title, script) {
  say(title);
  const file = join(folder, script);
  process.env['ANNEAL_TEST_COUNTS'] = file;
  const program = join(root, 'scripts', script);
  const code = await run(process.execPath, ['--import=tsx', program, ...paths]);
  const none = { passes: 0, failures: 0, pending: 0 };
  /** @type {typeof none} */
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : none;
  return { ...counts, failures: code === 0 ? counts.failures : Math.max(1, counts.failures) };
}
