// npm run reproduce: set-up, then the tutorial's 140 epochs beside those that it printed.
import './setup.mjs';
import { join } from 'node:path';
import { root, run } from './environment.mjs';

const program = join(root, 'dist/reproduce.js');
process.exitCode = await run(process.execPath, [program, ...process.argv.slice(2)]);
