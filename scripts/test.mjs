// npm test: set-up and the tests, on a bare clone too. Arguments are paths of tests to run alone:
//   npm test -- test/schedules
import './setup.mjs';
import { join } from 'node:path';
import { root, run, say } from './environment.mjs';

say('Testing');
const runner = join(root, 'scripts/mocha.mjs');
process.exitCode = await run(process.execPath, ['--import=tsx', runner, ...process.argv.slice(2)]);
