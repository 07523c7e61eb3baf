import { tensor1d, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Examples } from '../data/dataset.ts';
import { imageSize } from '../data/files.ts';
import type { LoadedExamples } from '../training/layers.ts';

/**
 * Examples that stay in our memory: each batch is made there and then given to the back-end.
 *
 * @param toImages makes images of count x 784 grey values in 0..1.
 */
export function hostExamples(
  { images, labels, count }: Examples,
  toImages: (pixels: Float32Array, count: number) => Tensor4D,
): LoadedExamples {
  return {
    count,
    batch(first, size) {
      const end = Math.min(first + size, count);
      const pixels = toPixels(images.subarray(first * imageSize, end * imageSize));
      return {
        images: toImages(pixels, end - first),
        labels: tensor1d(Int32Array.from(labels.subarray(first, end)), 'int32'),
      };
    },
    dispose: () => undefined,
  };
}

const greyValues = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Bytes to 0..1 in float32, as `images / 255.0` gives them. */
function toPixels(bytes: Uint8Array): Float32Array {
  const pixels = new Float32Array(bytes.length);
  bytes.forEach((byte, i) => (pixels[i] = greyValues[byte] ?? 0));
  return pixels;
}
