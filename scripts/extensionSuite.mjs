// Runs test files in the extension host of VS Code's server (test/support/vscode). To be run with
// `--import=tsx`; needs dist/.
import { runExtensionSuite } from '../test/support/vscode/extensionSuite.ts';
import { end } from './environment.mjs';
import { testFiles } from './testFiles.mjs';

const { extension } = testFiles(process.argv.slice(2));
process.exitCode = await runExtensionSuite(extension).catch((error) => end(error.message));
