/**
 * What a keystroke costs in VS Code, in a Python file of 1,000 lines with the example's 14 schedules:
 * until the findings are there, until a hover or completions are there after it, and until the
 * preview has drawn it, by the page's own clock. In VS Code's own extension host.
 *
 *   npm run build && node --import=tsx bench/keystrokes.ts
 */
import { runExtensionSuite } from '../test/support/vscode/extensionSuite.ts';

process.exitCode = await runExtensionSuite(['bench/vscode/keystrokes.test.ts']);
