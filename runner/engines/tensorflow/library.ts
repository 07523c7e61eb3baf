import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cacheFolder } from '../../cacheFolder.ts';
import { machine } from '../machine.ts';
import { type PinnedWheel, pinnedWheel } from './pinnedWheel.ts';
import { type Python, pythons, runPython } from './python.ts';

/** Where TensorFlow comes from: what the user named, what Anneal installed, the user's Python. */
export type LibrarySource = 'ANNEAL_TENSORFLOW' | 'cache' | Python;

export interface FoundLibrary {
  readonly state: 'found';
  /** Holds both of `libraryFiles`; what the worker's LD_LIBRARY_PATH must name. */
  readonly folder: string;
  /** TensorFlow's headers, which only building the binding needs. */
  readonly include: string;
  /** Such as `2.21.0`, or `unknown` where the package around the folder is missing. */
  readonly version: string;
  readonly source: LibrarySource;
}

export interface MissingLibrary {
  readonly state: 'missing';
  /** One sentence for each place that was looked at and had something wrong, or just one. */
  readonly why: string;
}

export type TensorFlowLibrary = FoundLibrary | MissingLibrary;

/** TensorFlow's C API as the wheels of TensorFlow 2 carry it. */
export const libraryFiles = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

const oldestMinor = 15;

/** The engine's own folder, in Anneal's cache. */
export function engineFolder(): string {
  return join(cacheFolder(), 'engines', 'tensorflow');
}

/** Where `anneal engines install tensorflow` unpacks the pinned wheel: a site-packages of its own. */
export function installedPackages({ version }: PinnedWheel): string {
  return join(engineFolder(), `${version}-${machine}`);
}

/** The same of the wheel with CUDA, which `--gpu` asks for. */
export function installedGpuPackages({ version }: PinnedWheel): string {
  return join(engineFolder(), `${version}-gpu-${machine}`);
}

/**
 * Finds TensorFlow's C library: the folder that ANNEAL_TENSORFLOW names (then no other), the one
 * installed in the cache, or the one in the package that the user's Python would import. Does not
 * use the network and runs no TensorFlow; about 0.2 s where Python must be asked, else nothing.
 */
export async function findLibrary(): Promise<TensorFlowLibrary> {
  const choice = pinnedWheel();
  if (choice.state === 'unsupported') return { state: 'missing', why: choice.why };
  const chosen = process.env['ANNEAL_TENSORFLOW'];
  if (chosen) return libraryIn(resolve(chosen), 'ANNEAL_TENSORFLOW');

  const installed = [installedGpuPackages(choice.wheel), installedPackages(choice.wheel)];
  for (const packages of installed) {
    const cached = libraryIn(join(packages, 'tensorflow'), 'cache');
    if (cached.state === 'found') return cached;
  }

  const ofPythons = (await Promise.all(pythons.map(librariesOf))).flat();
  const whys = new Set<string>();
  for (const library of ofPythons) {
    if (library.state === 'found') return library;
    whys.add(library.why);
  }
  const nowhere = 'TensorFlow is neither installed for Anneal nor in the Python on the PATH.';
  return { state: 'missing', why: [...whys].join(' ') || nowhere };
}

function libraryIn(folder: string, source: LibrarySource): TensorFlowLibrary {
  const absent = libraryFiles.filter((file) => !existsSync(join(folder, file)));
  if (absent.length > 0) {
    const named = source === 'ANNEAL_TENSORFLOW' ? ', which ANNEAL_TENSORFLOW names,' : '';
    return { state: 'missing', why: `${folder}${named} has no ${absent.join(' and no ')}.` };
  }
  const version = versionOf(folder);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 2 || (major === 2 && minor < oldestMinor)) {
    return {
      state: 'missing',
      why: `TensorFlow ${version} in ${folder} is too old: 2.${oldestMinor} or newer is needed.`,
    };
  }
  return { state: 'found', folder, include: join(folder, 'include'), version, source };
}

/** The names of distributions whose package is `tensorflow`, as their metadata folders spell it. */
const distribution =
  /^(tensorflow(?:_cpu|_cpu_aws|_aarch64|_rocm)?|tf_nightly(?:_cpu)?|intel_tensorflow)-(\d[^-]*)\.dist-info$/;

/** The version by the metadata that pip leaves beside a package; the headers do not give it. */
function versionOf(folder: string): string {
  return distributionOf(folder)?.[2] ?? 'unknown';
}

/** Whether a TensorFlow, by its folder, is known to be one that only computes on the CPU. */
export function isWithoutCuda(folder: string): boolean {
  const name = distributionOf(folder)?.[1];
  return name !== undefined && (/_cpu|intel/.test(name) || process.arch !== 'x64');
}

function distributionOf(folder: string): RegExpExecArray | undefined {
  const found = readdirSync(dirname(folder)).map((name) => distribution.exec(name));
  return found.find((match) => match !== null);
}

/** Asks where `tensorflow` would be imported from. A package in the working folder does not count. */
const whereIsTensorFlow = `
import sys
sys.path = [folder for folder in sys.path if folder]
import importlib.util
spec = importlib.util.find_spec('tensorflow')
print(*(spec and spec.submodule_search_locations or []), sep='\\n')
`;

/** What a Python has: nothing where there is no such Python or it has no TensorFlow. */
async function librariesOf(python: Python): Promise<TensorFlowLibrary[]> {
  const printed = await runPython(python, ['-c', whereIsTensorFlow], { timeout: 5000 }).catch(
    () => '',
  );
  return printed
    .split('\n')
    .filter((folder) => folder !== '')
    .map((folder) => libraryIn(folder, python));
}
