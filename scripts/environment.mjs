// What the other scripts share. Plain Node, since they run before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const oldestNode = [20, 19];

/** Ends the script with a sentence where Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  end(`Anneal needs Node ${oldestNode.join('.')} or later; this is ${process.versions.node}.`);
}

/**
 * @param {string} message
 * @returns {never}
 */
export function end(message) {
  console.error(message);
  process.exit(1);
}

/**
 * What set-up prints goes to stderr: stdout belongs to the program that is started.
 *
 * @type {{ stdio: import('node:child_process').StdioOptions }}
 */
const setUpOutput = { stdio: ['inherit', 2, 2] };

/** @param {string} text */
export function say(text) {
  console.error(`\n> ${text}`);
}

/**
 * Runs a program to its end, its output in sight; gives its exit code. Ctrl-C is the program's to
 * handle: this script only waits for it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: options.stdio ?? 'inherit', cwd: root });
    // A terminal tells Ctrl-C to every process; the end of a service is told to this one alone.
    const wait = () => undefined;
    const forward = () => child.kill('SIGTERM');
    process.on('SIGINT', wait).on('SIGTERM', forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/**
 * Runs a program that must succeed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 */
export async function must(program, args) {
  const code = await run(program, args, setUpOutput);
  if (code !== 0) process.exit(code);
}

/** Installs the npm packages where they are missing or not those of package-lock.json. */
export async function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const mark = join(root, 'node_modules/.anneal-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  say('Installing the npm packages');
  const [program, first] = npm();
  await must(program, [...first, 'ci', '--no-audit', '--no-fund']);
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, lock);
}

/**
 * npm as a program with its first arguments: the one that runs this script, or the one on the PATH.
 *
 * @returns {[string, string[]]}
 */
function npm() {
  const running = process.env['npm_execpath'];
  return running?.endsWith('npm-cli.js') ? [process.execPath, [running]] : ['npm', []];
}

export async function build() {
  say('Building dist/');
  await must(process.execPath, [join(root, 'esbuild.mjs')]);
}

/** The program that was built, run by this Node. */
export const anneal = join(root, 'dist/cli.js');

/**
 * Makes the best engine ready: TensorFlow where it can be had, else WebAssembly, which comes with
 * the packages. Says which, and why.
 */
export async function makeEngineReady() {
  say('Making the tensorflow engine ready');
  const install = [anneal, 'engines', 'install', 'tensorflow'];
  const code = await run(process.execPath, install, setUpOutput);
  if (code === 130) process.exit(code);
  if (code !== 0) console.error('Training goes on with the wasm engine, which is slower.');
}
