import { tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import type { Examples } from '../data/dataset.ts';
import { imageSize } from '../data/files.ts';
import type { LoadedExamples } from '../training/layers.ts';

/** Examples that stay in our memory: each batch is made there and then given to the back-end. */
export function hostExamples({ images, labels, count }: Examples): LoadedExamples {
  return {
    count,
    batch(first, size) {
      const end = Math.min(first + size, count);
      const pixels = toPixels(images.subarray(first * imageSize, end * imageSize));
      return {
        images: tensor4d(pixels, [end - first, 28, 28, 1]),
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
  // A callback for each pixel would take longer than a layer.
  for (let i = 0; i < bytes.length; i++) pixels[i] = greyValues[bytes[i] ?? 0] ?? 0;
  return pixels;
}
