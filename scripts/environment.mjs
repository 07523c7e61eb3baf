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

/** @param {string} text */
export function say(text) {
  console.log(`\n> ${text}`);
}

/**
 * Runs a program to its end, its output in sight; gives its exit code. Ctrl-C is the program's to
 * handle: this script only waits for it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, options = {}) {
  const wait = () => undefined;
  process.on('SIGINT', wait).on('SIGTERM', wait);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: 'inherit',
      cwd: options.cwd ?? root,
      env: options.env,
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', wait);
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
  const code = await run(program, args);
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
  await must(npm(), ['ci', '--no-audit', '--no-fund']);
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, lock);
}

/** npm beside this Node where it is there, so that both are of one installation. */
function npm() {
  const name = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const beside = join(dirname(process.execPath), name);
  return existsSync(beside) ? beside : name;
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
  const code = await run(process.execPath, [anneal, 'engines', 'install', 'tensorflow']);
  if (code === 130) process.exit(code);
  if (code !== 0) console.log('Training goes on with the wasm engine, which is slower.');
}
