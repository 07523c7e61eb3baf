import { tensor1d } from '@tensorflow/tfjs-core';
import type { Examples } from '../data/dataset.ts';
import { imageSize } from '../data/files.ts';
import type { Batch } from './cnn.ts';
import type { Layers } from './layers.ts';

/** The examples from `first` on, at most `size` of them, on the device. */
export function toBatch(layers: Layers, examples: Examples, first: number, size: number): Batch {
  const end = Math.min(first + size, examples.count);
  return {
    images: layers.images(
      toPixels(examples.images.subarray(first * imageSize, end * imageSize)),
      end - first,
    ),
    labels: tensor1d(Int32Array.from(examples.labels.subarray(first, end)), 'int32'),
  };
}

/** The examples with these indices, in their order. */
export function pick(examples: Examples, indices: Uint32Array): Examples {
  const images = new Uint8Array(indices.length * imageSize);
  indices.forEach((index, i) => {
    images.set(examples.images.subarray(index * imageSize, (index + 1) * imageSize), i * imageSize);
  });
  const labels = Uint8Array.from(indices, (index) => examples.labels[index] ?? 0);
  return { count: indices.length, images, labels };
}

const greyValues = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Bytes to 0..1 in float32, as `images / 255.0` gives them. */
function toPixels(bytes: Uint8Array): Float32Array {
  const pixels = new Float32Array(bytes.length);
  bytes.forEach((byte, i) => (pixels[i] = greyValues[byte] ?? 0));
  return pixels;
}
