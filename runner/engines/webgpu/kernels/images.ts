import { imageSize } from '../../../data/files.ts';
import { input, output, type Kernel } from './kernel.ts';

/** Words of four bytes, which are four grey values, in an image. */
export const wordsPerImage = imageSize / 4;

export const threads = 64;

/**
 * Cuts a batch out of all images, grey values from bytes to 0..1, and of all labels. A thread for each
 * word; scalars: the first image and how many.
 */
export const batchKernel: Kernel = {
  label: 'batch',
  code: /* wgsl */ `
    ${input(0, 'allImages', 'u32')}
    ${input(1, 'allLabels', 'i32')}
    ${output(2, 'images')}
    ${output(3, 'labels', 'i32')}
    struct Scalars { first: u32, count: u32 }
    @group(0) @binding(4) var<uniform> scalars: Scalars;

    @compute @workgroup_size(${threads})
    fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
      let word = id.y * groups.x * ${threads} + id.x;
      if (word < scalars.count * ${wordsPerImage}) {
        let bytes = allImages[scalars.first * ${wordsPerImage} + word];
        images[word] = vec4f((vec4u(bytes) >> vec4u(0, 8, 16, 24)) & vec4u(255)) / 255;
      }
      if (word < scalars.count) {
        labels[word] = allLabels[scalars.first + word];
      }
    }`,
};
