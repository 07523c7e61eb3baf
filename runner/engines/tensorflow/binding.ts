import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import tfjs from '@tensorflow/tfjs-node-gpu/package.json' with { type: 'json' };
import { machine, shippedNative } from '../machine.ts';
import { engineFolder, type FoundLibrary, libraryFiles } from './library.ts';

const execute = promisify(execFile);

/** The Node-API version of the binding; every Node since 12.22 has it. */
const nodeApiVersion = 8;

const modules = createRequire(import.meta.url);

/**
 * The compiled N-API binding between tfjs-node and TensorFlow's C library: the one shipped with
 * Anneal, else the one built on this machine; undefined where there is neither. One binding serves
 * every TensorFlow from 2.15 on, and finds it by the LD_LIBRARY_PATH that its process began with.
 */
export function findBinding(): string | undefined {
  return [shippedNative('tfjs_binding.node'), builtBinding()].find((path) => existsSync(path));
}

/** Where a binding that was built on this machine lies. */
export function builtBinding(): string {
  return join(engineFolder(), `tfjs-${tfjs.version}-napi-${nodeApiVersion}-${machine}.node`);
}

/**
 * Compiles the binding of the installed @tensorflow/tfjs-node-gpu to the file `output` (which
 * appears only once it is complete) with $CXX, g++, c++ or clang++, in about 10 s. Errors are one
 * sentence that says what to do.
 */
export async function buildBinding(
  library: Pick<FoundLibrary, 'folder' | 'include'>,
  output: string,
  signal?: AbortSignal,
): Promise<void> {
  const sources = packageFolder('@tensorflow/tfjs-node-gpu');
  const nodeApi = packageFolder('node-api-headers');
  if (sources === undefined || nodeApi === undefined) {
    throw new Error(
      `This copy of Anneal has no TensorFlow binding for ${machine} and not the sources to build ` +
        `it: run "npm ci" in Anneal's folder, or use the wasm engine.`,
    );
  }
  if (!existsSync(join(library.include, 'tensorflow', 'c', 'c_api.h'))) {
    throw new Error(
      `${library.include} has no TensorFlow headers: set ANNEAL_TENSORFLOW to the folder of a ` +
        `complete tensorflow package (2.15 or newer).`,
    );
  }
  const unfinished = `${output}.${process.pid}`;
  const binding = join(sources, 'binding');
  const folders = [join(nodeApi, 'include'), library.include, sources, binding];
  await mkdir(dirname(output), { recursive: true });
  try {
    const options = ['-std=c++17', '-O2', '-fPIC', '-shared', '-s'];
    await compile(
      [
        ...[...options, `-DNAPI_VERSION=${nodeApiVersion}`, ...folders.map((path) => `-I${path}`)],
        ...[join(binding, 'tfjs_backend.cc'), join(binding, 'tfjs_binding.cc')],
        ...[...libraryFiles.map((file) => join(library.folder, file)), '-o', unfinished],
      ],
      signal,
    );
    await rename(unfinished, output);
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function compile(parameters: readonly string[], signal?: AbortSignal): Promise<void> {
  const chosen = process.env['CXX'];
  for (const compiler of chosen ? [chosen] : ['g++', 'c++', 'clang++']) {
    // CXX may hold a command with arguments, such as "ccache g++".
    const [command = '', ...first] = compiler.split(' ');
    const env = { ...process.env, LC_ALL: 'C' };
    try {
      await execute(command, [...first, ...parameters], { signal, env });
      return;
    } catch (error) {
      signal?.throwIfAborted();
      const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
      if (code === 'ENOENT') continue;
      const complaint = stderr.split('\n').find((line) => line.includes('error')) ?? String(error);
      const message = `${compiler} cannot build the TensorFlow binding: ${complaint.trim()}`;
      throw new Error(message, { cause: error });
    }
  }
  throw new Error(
    `The TensorFlow binding cannot be built without a C++ compiler (${chosen ?? 'g++'} is not ` +
      `there): install one (on Debian and Ubuntu: apt install g++), or use the wasm engine.`,
  );
}

/** The folder of an npm package that Anneal depends on, or undefined where it is not installed. */
function packageFolder(name: string): string | undefined {
  try {
    return dirname(modules.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
