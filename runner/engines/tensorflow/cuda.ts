import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cudaWheels } from './cudaWheels.ts';
import { engineFolder, isWithoutCuda } from './library.ts';
import type { PinnedWheel } from './pinnedWheel.ts';

/** Where `anneal engines install tensorflow --gpu` unpacks a wheel of CUDA. */
export function cudaFolder({ project, version }: PinnedWheel): string {
  return join(engineFolder(), 'cuda', `${project}-${version}`);
}

/** The folders of CUDA's libraries for a TensorFlow: those beside it, as pip puts them, and ours. */
export function cudaLibraryFolders(tensorflow: string): readonly string[] {
  return [dirname(tensorflow), ...cudaWheels.map(cudaFolder)].flatMap((packages) => {
    const nvidia = join(packages, 'nvidia');
    if (!existsSync(nvidia)) return [];
    const folders = readdirSync(nvidia).map((name) => join(nvidia, name, 'lib'));
    return folders.filter((folder) => existsSync(folder));
  });
}

/** What decides whether TensorFlow finds an NVIDIA card. */
export interface CudaFacts {
  readonly platform: string;
  /** Of the driver, such as `560.35.03`; '' where there is none. */
  readonly driver: string;
  /** Whether a card can be opened. */
  readonly hasCard: boolean;
  /** The variable CUDA_VISIBLE_DEVICES. */
  readonly visible: string | undefined;
  /** Whether this TensorFlow was built without CUDA. */
  readonly isWithoutCuda: boolean;
  readonly missingLibraries: readonly string[];
}

/** CUDA 12 works with this driver and newer ones. */
const oldestDriver = '525.60.13';

/** What TensorFlow opens on a card; without any one of them it stays on the CPU. */
const libraries = [
  'libcudart.so.12',
  'libcublas.so.12',
  'libcublasLt.so.12',
  'libcufft.so.11',
  'libcusolver.so.11',
  'libcusparse.so.12',
  'libcudnn.so.9',
] as const;

const getIt = '"anneal engines install tensorflow --gpu"';

/** Why TensorFlow computes on the CPU, and what to do about it, in a sentence. */
export function whyNoGpu(facts: CudaFacts): string {
  const { platform, driver, hasCard, visible, missingLibraries } = facts;
  if (platform !== 'linux') return 'TensorFlow uses GPUs on Linux only: try the webgpu engine.';
  if (driver === '') return 'There is no NVIDIA driver here, which TensorFlow needs to use a GPU.';
  if (isOlder(driver, oldestDriver)) {
    return `The NVIDIA driver ${driver} is too old for CUDA 12: update it to ${oldestDriver} or newer.`;
  }
  if (visible === '' || visible === '-1') {
    return 'CUDA_VISIBLE_DEVICES hides every card: unset it, or set it to a number such as 0.';
  }
  if (!hasCard) {
    return 'No NVIDIA card is open to this process: plug one in, or start the container with --gpus all.';
  }
  if (facts.isWithoutCuda) return `This TensorFlow was built without CUDA: run ${getIt}.`;
  if (missingLibraries.length > 0) {
    return `TensorFlow does not find CUDA's ${missingLibraries.join(', ')}: run ${getIt}.`;
  }
  return (
    'TensorFlow refuses the NVIDIA card, which may be too old for it or have no memory left: ' +
    'close what else uses it (nvidia-smi shows that), or try the webgpu engine.'
  );
}

/** The facts of this machine for the TensorFlow in a folder. */
export function cudaFacts(tensorflow: string): CudaFacts {
  return {
    platform: process.platform,
    driver: driverVersion(),
    hasCard: existsSync('/dev/nvidia0') || existsSync(wslDevice),
    visible: process.env['CUDA_VISIBLE_DEVICES'],
    isWithoutCuda: isWithoutCuda(tensorflow),
    missingLibraries: missingLibraries(tensorflow),
  };
}

/** Through which Windows lends its card to Linux; its driver is then that of Windows. */
const wslDevice = '/dev/dxg';

function driverVersion(): string {
  try {
    const text = readFileSync('/proc/driver/nvidia/version', 'utf8');
    return /Kernel Module.*?\s(\d+(?:\.\d+)+)/.exec(text)?.[1] ?? '';
  } catch {
    return existsSync(wslDevice) ? oldestDriver : '';
  }
}

function missingLibraries(tensorflow: string): readonly string[] {
  const named = (process.env['LD_LIBRARY_PATH'] ?? '').split(delimiter).filter(Boolean);
  const folders = [...cudaLibraryFolders(tensorflow), ...named];
  const system = systemLibraries();
  return libraries.filter(
    (file) => !system.includes(file) && !folders.some((folder) => existsSync(join(folder, file))),
  );
}

/** What the dynamic linker knows, as text. */
function systemLibraries(): string {
  try {
    return execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

function isOlder(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0;
}
