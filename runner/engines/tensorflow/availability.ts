import { findBinding } from './binding.ts';
import { findLibrary, type LibrarySource } from './library.ts';
import { pinnedWheel } from './pinnedWheel.ts';

/** All that the engine's worker needs to start. */
export interface ReadyEngine {
  readonly state: 'ready';
  /** The folder of TensorFlow's libraries, for the LD_LIBRARY_PATH of the worker's process. */
  readonly libraryPath: string;
  /** The compiled binding, a `.node` file. */
  readonly bindingPath: string;
  /** TensorFlow's, such as `2.21.0`, or `unknown`. */
  readonly version: string;
  readonly source: LibrarySource;
}

export interface MissingEngine {
  readonly state: 'missing';
  readonly why: string;
  readonly howToGet: string;
}

/**
 * Whether the tensorflow engine can be started: both its parts are there (that they work is only
 * known once a worker has loaded them). Takes about 0.2 s at most and never the network.
 */
export async function tensorflowEngine(): Promise<ReadyEngine | MissingEngine> {
  const library = await findLibrary();
  if (library.state === 'missing') return missing(library.why);
  const bindingPath = findBinding();
  const { folder: libraryPath, version, source } = library;
  if (bindingPath === undefined) {
    return missing(`TensorFlow ${version} is in ${libraryPath}, but its binding is not built yet.`);
  }
  return { state: 'ready', libraryPath, bindingPath, version, source };
}

function missing(why: string): MissingEngine {
  const howToGet =
    pinnedWheel().state === 'unsupported'
      ? 'Use the wasm engine here, which needs nothing to be installed.'
      : 'Run "anneal engines install tensorflow".';
  return { state: 'missing', why, howToGet };
}
