import { tensor1d, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Examples } from '../../data/dataset.ts';
import type { LoadedExamples } from '../../training/layers.ts';
import { side } from './kernels/kernel.ts';
import { batchKernel, threads, wordsPerImage } from './kernels/images.ts';
import { dispatch, integer, unwritten } from './operations.ts';

/** Puts examples on the GPU as they are, a byte a pixel: a batch is cut out there. */
export function loadExamples({ images, labels, count }: Examples): LoadedExamples {
  // tfjs knows no bytes and takes these for integers, four at a time.
  const words = new Int32Array(images.buffer, images.byteOffset, count * wordsPerImage);
  const allImages = tensor1d(words, 'int32');
  const allLabels = tensor1d(Int32Array.from(labels), 'int32');
  return {
    count,
    batch(first, size) {
      const n = Math.min(size, count - first);
      const batch = {
        images: unwritten<Tensor4D>([n, side, side, 1]),
        labels: unwritten<Tensor1D>([n], 'int32'),
      };
      const tensors = [allImages, allLabels, batch.images, batch.labels];
      dispatch(batchKernel, [Math.ceil((n * wordsPerImage) / threads)], tensors, [
        integer(first),
        integer(n),
      ]);
      return batch;
    },
    dispose() {
      allImages.dispose();
      allLabels.dispose();
    },
  };
}
