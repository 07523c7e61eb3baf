import { fileURLToPath } from 'node:url';
import { InputError } from '../inputError.ts';
import type { TrainingSettings } from '../protocol.ts';
import { machine } from './machine.ts';
import { tensorflowEngine } from './tensorflow/availability.ts';
import { cudaFacts, cudaLibraryFolders, whyNoGpu } from './tensorflow/cuda.ts';
import { adapterVariable } from './webgpu/adapters.ts';
import { dawnVariable } from './webgpu/dawn.ts';
import { mostInLockstep } from './webgpu/lockstep.ts';
import { findDawn } from './webgpu/native.ts';

/** The engines, the fastest first. */
export const engineNames = ['tensorflow', 'webgpu', 'wasm'] as const;
export type EngineName = (typeof engineNames)[number];

/**
 * What a name that somebody has given for an engine means.
 *
 * @throws InputError where there is no such engine.
 */
export function engineChoice(name: string): EngineName | 'auto' {
  const names = ['auto', ...engineNames] as const;
  const known = names.find((other) => other === name);
  if (known) return known;
  throw new InputError(`There is no engine '${name}': use one of ${names.join(', ')}.`);
}

/** Whether a device, as workers name theirs, is a GPU: "GPU, NVIDIA H100 (vulkan)". */
export const isGpu = (device: string): boolean => device.startsWith('GPU');

/** How to start a worker process of an engine. */
export interface WorkerProgram {
  readonly engine: EngineName;
  readonly script: string;
  /** What its environment has besides ours, when it may use so many threads. */
  environment(threads: number): Readonly<Record<string, string>>;
  /** Whether one worker can use several threads; else there is one worker a core. */
  readonly threaded: boolean;
  /**
   * How many runs with such settings one worker trains in lockstep.
   *
   * @param largestTensor bytes, where its device has such a limit.
   */
  mostInLockstep(settings: TrainingSettings, largestTensor?: number): number;
  /** Why it computes on no GPU, where it does not, and what to do: a sentence. */
  whyNoGpu(): string;
}

export type Engine =
  | {
      readonly name: EngineName;
      readonly state: 'ready';
      /** What computes: "TensorFlow 2.21.0 of Anneal's cache". */
      readonly what: string;
      readonly program: WorkerProgram;
    }
  | {
      readonly name: EngineName;
      readonly state: 'missing';
      readonly why: string;
      readonly howToGet: string;
    };

/** Looks for one engine; quick, without the network and without loading it. */
export async function findEngine(name: EngineName): Promise<Engine> {
  switch (name) {
    case 'tensorflow':
      return findTensorFlow();
    case 'webgpu':
      return findWebgpu();
    case 'wasm':
      return {
        name,
        state: 'ready',
        what: 'WebAssembly on the CPU, comes with Anneal',
        program: {
          engine: name,
          script: workerScript('wasmWorker'),
          environment: () => ({}),
          threaded: false,
          mostInLockstep: () => 1,
          whyNoGpu: () => 'It always computes on the CPU.',
        },
      };
  }
}

function findWebgpu(): Engine {
  const dawn = findDawn();
  if (dawn === undefined) {
    const why = `WebGPU for Node (Dawn) does not exist for ${machine}, or is not installed.`;
    const howToGet = `Install the extension's package for ${machine}, run "npm ci" where Anneal's code lies, or use another engine.`;
    return { name: 'webgpu', state: 'missing', why, howToGet };
  }
  return {
    name: 'webgpu',
    state: 'ready',
    what: 'WebGPU by Dawn, comes with Anneal',
    program: {
      engine: 'webgpu',
      script: workerScript('webgpuWorker'),
      environment: () => ({ [dawnVariable]: dawn }),
      threaded: false,
      mostInLockstep,
      whyNoGpu: () => `${adapterVariable} names an adapter that is software.`,
    },
  };
}

async function findTensorFlow(): Promise<Engine> {
  const engine = await tensorflowEngine();
  if (engine.state === 'missing') return { name: 'tensorflow', ...engine };
  return {
    name: 'tensorflow',
    state: 'ready',
    what: `TensorFlow ${engine.version}, from ${engine.source}`,
    program: {
      engine: 'tensorflow',
      script: workerScript('tensorflowWorker'),
      environment: (threads) => ({
        ANNEAL_TENSORFLOW_BINDING: engine.bindingPath,
        LD_LIBRARY_PATH: [
          engine.libraryPath,
          ...cudaLibraryFolders(engine.libraryPath),
          process.env['LD_LIBRARY_PATH'],
        ]
          .filter(Boolean)
          .join(':'),
        TF_NUM_INTRAOP_THREADS: String(threads),
        TF_NUM_INTEROP_THREADS: '1',
        OMP_NUM_THREADS: String(threads),
        // Of a GPU's memory only what is needed, not all of it at once.
        TF_FORCE_GPU_ALLOW_GROWTH: 'true',
        // TensorFlow's own log goes to stderr; what matters of it arrives as an error.
        TF_CPP_MIN_LOG_LEVEL: '2',
      }),
      threaded: true,
      mostInLockstep: () => 1,
      whyNoGpu: () => whyNoGpu(cudaFacts(engine.libraryPath)),
    },
  };
}

/** A worker's bundle lies beside ours in dist/; code that runs from its source (tests) is not there. */
function workerScript(name: string): string {
  const fromSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(`${fromSource ? '../../dist' : '.'}/${name}.js`, import.meta.url));
}
