import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cudaFacts,
  cudaFolder,
  cudaLibraryFolders,
  whyNoGpu,
  type CudaFacts,
} from '../../../../runner/engines/tensorflow/cuda.ts';
import { cudaWheels, pinnedGpuWheel } from '../../../../runner/engines/tensorflow/cudaWheels.ts';
import { cudaPart, unpackWheel } from '../../../../runner/engines/tensorflow/unpacking.ts';
import { setEnvironment } from '../../../support/environment.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { writeWheel } from '../../../support/wheel.ts';

/** Of a machine on which TensorFlow finds all that it needs. */
const complete: CudaFacts = {
  platform: 'linux',
  driver: '560.35.03',
  hasCard: true,
  visible: undefined,
  isWithoutCuda: false,
  missingLibraries: [],
};

describe('TensorFlow on the CPU, though a GPU is wanted', () => {
  const cases: readonly (readonly [string, Partial<CudaFacts>, RegExp])[] = [
    ['there is no driver', { driver: '', hasCard: false }, /no NVIDIA driver here/],
    [
      'the driver is too old',
      { driver: '470.256.02' },
      /driver 470\.256\.02 is too old for CUDA 12: update it to 525\.60\.13 or newer/,
    ],
    ['cards are hidden', { visible: '-1' }, /CUDA_VISIBLE_DEVICES hides every card: unset it/],
    ['a container has no card', { hasCard: false }, /start the container with --gpus all/],
    [
      'TensorFlow has no CUDA',
      { isWithoutCuda: true },
      /built without CUDA: run "anneal engines install tensorflow --gpu"/,
    ],
    [
      'a library is missing',
      { missingLibraries: ['libcudnn.so.9'] },
      /does not find CUDA's libcudnn\.so\.9: run "anneal engines install tensorflow --gpu"/,
    ],
    ['TensorFlow refuses the card', {}, /refuses the NVIDIA card, .*close what else uses it/],
    ['it is not Linux', { platform: 'win32' }, /uses GPUs on Linux only: try the webgpu engine/],
  ];
  for (const [what, facts, sentence] of cases) {
    it(`is explained where ${what}`, () => {
      assert.match(whyNoGpu({ ...complete, ...facts }), sentence);
    });
  }

  it('counts a driver of that very version as new enough', () => {
    assert.match(whyNoGpu({ ...complete, driver: '525.60.13' }), /refuses the NVIDIA card/);
    assert.match(whyNoGpu({ ...complete, driver: '525.60.2' }), /too old/);
  });
});

describe("CUDA's libraries", () => {
  const folder = temporaryFolder();
  let restore: () => void;

  beforeEach(() => {
    restore = setEnvironment({ ANNEAL_CACHE: folder.path('cache'), LD_LIBRARY_PATH: undefined });
  });

  afterEach(() => {
    restore();
  });

  it('are found beside the TensorFlow of a Python, where pip puts them', async () => {
    const packages = folder.path('site-packages');
    const cudnn = join(packages, 'nvidia', 'cudnn', 'lib');
    await mkdir(cudnn, { recursive: true });
    await mkdir(join(packages, 'tensorflow'));
    await mkdir(join(packages, 'tensorflow-2.21.0.dist-info'));
    await writeFile(join(cudnn, 'libcudnn.so.9'), '');
    const tensorflow = join(packages, 'tensorflow');
    assert.deepEqual(cudaLibraryFolders(tensorflow), [cudnn]);
    const { missingLibraries, isWithoutCuda } = cudaFacts(tensorflow);
    assert.ok(!missingLibraries.includes('libcudnn.so.9'));
    assert.equal(isWithoutCuda, process.arch !== 'x64');
  });

  it("are found in Anneal's cache, where a wheel of theirs is unpacked", async () => {
    const [cublas] = cudaWheels;
    const { file } = writeWheel(folder.path(), {
      'nvidia/cublas/lib/libcublas.so.12': 'library',
      'nvidia/cublas/include/cublas.h': 'header',
      'nvidia/__init__.py': '',
    });
    const destination = cudaFolder(cublas!);
    await unpackWheel(folder.path(file), destination, { part: cudaPart });
    const lib = join(destination, 'nvidia', 'cublas', 'lib');
    await mkdir(folder.path('other', 'tensorflow'), { recursive: true });
    assert.deepEqual(cudaLibraryFolders(folder.path('other', 'tensorflow')), [lib]);
    assert.deepEqual(await readdir(join(destination, 'nvidia', 'cublas')), ['lib']);
  });

  it('are pinned, each with its digest, and with a TensorFlow that has CUDA on linux-x64', () => {
    const choice = pinnedGpuWheel('linux-x64');
    assert.ok(choice.state === 'pinned');
    for (const { file, platform, project, sha256, version } of [choice.wheel, ...cudaWheels]) {
      assert.ok(file.startsWith(`${project.replaceAll('-', '_')}-${version}-`), file);
      assert.ok(file.includes(platform), file);
      assert.match(sha256, /^[0-9a-f]{64}$/);
    }
    const other = pinnedGpuWheel('linux-arm64');
    assert.ok(other.state === 'unsupported');
    assert.match(other.why, /CUDA on linux-x64 only, not on linux-arm64; the webgpu engine/);
  });
});
