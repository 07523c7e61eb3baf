import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { dawnVariable } from '../../runner/engines/webgpu/dawn.ts';
import { findDawn } from '../../runner/engines/webgpu/native.ts';
import { testGpu } from './testGpu.ts';
import { cacheFolder, root } from './vscode/cache.ts';

const execute = promisify(execFile);

/** What npm's modules of tfjs call, though bundled as ES modules. */
const commonJsNames = [
  `import { createRequire as __createRequire } from 'node:module';`,
  `const require = __createRequire(import.meta.url);`,
  `const __filename = import.meta.filename;`,
  `const __dirname = import.meta.dirname;`,
].join('');

/**
 * Runs a module of the tests in a process of its own, with the GPU of tests, and gives what it prints at
 * last, as JSON. It is bundled as the engine's worker is, so that it has one copy of tfjs with its gradients.
 *
 * @param module path in the repository.
 * @param megabytes of address space that the process may have, where memory is to run out.
 */
export async function onTestGpu<T>(module: string, megabytes?: number): Promise<T> {
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, 'gpu-'));
  const program = join(folder, 'program.mjs');
  const environment = {
    ...process.env,
    ...(await testGpu()),
    [dawnVariable]: findDawn(),
  };
  const limit = megabytes === undefined ? '' : `ulimit -v ${megabytes * 1024}; `;
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [module],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      mainFields: ['module', 'main'],
      banner: { js: commonJsNames },
      logLevel: 'warning',
    });
    const command = `${limit}exec "$0" "$1"`;
    const { stdout } = await execute('sh', ['-c', command, process.execPath, program], {
      env: environment,
      maxBuffer: 2 ** 26,
    });
    // Dawn prints what goes wrong before it.
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1)) as T;
  } finally {
    await rm(folder, { recursive: true });
  }
}
