// What VS Code's extension host runs: `run` is called by the host, in Electron as in the server.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { endSuite } from '../../counts.ts';
import { connectOutput } from './output.ts';
import { withSourcePositions } from './sourcePositions.ts';

/** The bundles of the tests lie below this file's folder, as the tests lie below the repository's. */
const bundles = join(__dirname, '..', '..', '..', '..');

// For what is loaded from here on.
process.setSourceMapsEnabled(true);

/** Runs the tests that were bundled with this file. @throws Error where one of them fails. */
export async function run(): Promise<void> {
  // Mocha is an ES module, this bundle is not.
  const { default: Mocha } = await import('mocha');
  const { Base } = Mocha.reporters;
  const { print, color, end } = await connectOutput(Base.consoleLog);
  Base.consoleLog = print;
  const mocha = new Mocha({ timeout: 20_000, slow: 2_000, color, forbidOnly: true });
  const failures = await runTests(mocha, print).catch((error: unknown) => {
    print(error);
    return 1;
  });
  await end();
  if (failures > 0) throw new Error(`${failures} of the suite's tests failed.`);
}

async function runTests(mocha: Mocha, print: (line: string) => void): Promise<number> {
  for (const name of readdirSync(bundles, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.test.cjs')) mocha.addFile(join(bundles, name));
  }
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      if (runner.stats) endSuite(runner.stats, print);
      resolve(failures);
    });
    runner.on('fail', (_test, error: Error) => {
      error.stack = withSourcePositions(error.stack ?? '');
    });
  });
}
