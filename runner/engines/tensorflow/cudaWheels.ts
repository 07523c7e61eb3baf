import { machine } from '../machine.ts';
import { pinnedWheel, type PinnedWheel, type WheelChoice } from './pinnedWheel.ts';

/** TensorFlow with CUDA, on NVIDIA's cards. */
const gpuWheel: PinnedWheel = {
  project: 'tensorflow',
  version: '2.21.0',
  file: 'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  platform: 'manylinux_2_27_x86_64',
  sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
};

/** The wheel of TensorFlow with CUDA for this machine. */
export function pinnedGpuWheel(name = machine): WheelChoice {
  const choice = pinnedWheel(name);
  if (choice.state === 'unsupported') return choice;
  if (name === 'linux-x64') return { state: 'pinned', wheel: gpuWheel };
  const why = `TensorFlow has CUDA on linux-x64 only, not on ${name}; the webgpu engine may reach its GPU.`;
  return { state: 'unsupported', why };
}

const cudaWheel = (
  name: string,
  version: string,
  platforms: readonly [string, ...string[]],
  sha256: string,
): PinnedWheel => ({
  project: `nvidia-${name}-cu12`,
  version,
  file: `nvidia_${name.replaceAll('-', '_')}_cu12-${version}-py3-none-${platforms.join('.')}.whl`,
  platform: platforms[0],
  sha256,
});

const manylinux227 = ['manylinux_2_27_x86_64'] as const;
const manylinux217 = ['manylinux2014_x86_64', 'manylinux_2_17_x86_64'] as const;
const manylinux212 = ['manylinux2010_x86_64', 'manylinux_2_12_x86_64'] as const;

/**
 * CUDA's libraries as NVIDIA puts them on the Python package index: those that this TensorFlow opens,
 * and those that they need, at the versions that its extra `and-cuda` resolves to.
 */
export const cudaWheels: readonly PinnedWheel[] = [
  cudaWheel(
    'cublas',
    '12.9.3.13',
    manylinux227,
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
  ),
  cudaWheel(
    'cuda-cupti',
    '12.8.90',
    manylinux217,
    'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
  ),
  cudaWheel(
    'cuda-nvrtc',
    '12.9.86',
    manylinux212,
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
  ),
  cudaWheel(
    'cuda-runtime',
    '12.9.79',
    manylinux217,
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
  ),
  cudaWheel(
    'cudnn',
    '9.28.0.42',
    manylinux227,
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
  ),
  cudaWheel(
    'cufft',
    '11.4.1.4',
    manylinux217,
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
  ),
  cudaWheel(
    'curand',
    '10.3.10.19',
    manylinux227,
    '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
  ),
  cudaWheel(
    'cusolver',
    '11.7.5.82',
    manylinux227,
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
  ),
  cudaWheel(
    'cusparse',
    '12.5.10.65',
    manylinux217,
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
  ),
  cudaWheel(
    'nccl',
    '2.32.3',
    manylinux227,
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
  ),
  cudaWheel(
    'nvjitlink',
    '12.9.86',
    manylinux212,
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
  ),
];
