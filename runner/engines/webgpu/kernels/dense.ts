import { each, input, output, sized } from './kernel.ts';

/** Rows of features that a workgroup of `dense` computes, each with so many threads. */
export const rowsPerGroup = 2;
const threads = 128;

/**
 * features x kernel + bias: [n, inputs], [inputs, outputs], [outputs] -> [n, outputs]. A workgroup has
 * two rows, so that the kernel, which is all that is large, is read half as often; its threads take
 * four inputs at a time and add up what they have at the end. Scalar: the rows.
 */
export const dense = sized((inputs: number, outputs: number) => {
  const sums = rowsPerGroup * outputs;
  return {
    label: 'dense',
    code: /* wgsl */ `
      ${input(0, 'features')}
      ${input(1, 'weights', 'f32')}
      ${input(2, 'bias', 'f32')}
      ${output(3, 'result', 'f32')}
      @group(0) @binding(4) var<uniform> rows: u32;
      var<workgroup> sums: array<array<f32, ${sums}>, ${threads}>;

      @compute @workgroup_size(${threads})
      fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) workgroup: vec3u) {
        let row = workgroup.x * ${rowsPerGroup};
        ${each(sums, (i) => `var sum${i} = 0.0;`)}
        for (var k = thread; k < ${inputs / 4}; k += ${threads}) {
          ${each(rowsPerGroup, (r) => `let x${r} = features[min(row + ${r}, rows - 1) * ${inputs / 4} + k];`)}
          ${each(
            outputs,
            (c) => `
            let w${c} = vec4f(${[0, 1, 2, 3].map((i) => `weights[(4 * k + ${i}) * ${outputs} + ${c}]`).join(', ')});
            ${each(rowsPerGroup, (r) => `sum${r * outputs + c} += dot(x${r}, w${c});`)}`,
          )}
        }
        ${each(sums, (i) => `sums[thread][${i}] = sum${i};`)}
        workgroupBarrier();
        if (thread >= ${sums} || row + thread / ${outputs} >= rows) { return; }
        var sum = bias[thread % ${outputs}];
        for (var i = 0; i < ${threads}; i++) { sum += sums[i][thread]; }
        result[row * ${outputs} + thread] = sum;
      }`,
  };
});

/** Threads of a workgroup of the gradients, of which each has one input. */
export const inputsPerGroup = 64;

/** The gradient by the features: dy [n, outputs], kernel -> [n, inputs]. A workgroup's y is the row. */
export const denseFeatureGradient = sized((inputs: number, outputs: number) => ({
  label: 'denseFeatureGradient',
  code: /* wgsl */ `
    ${input(0, 'dy', 'f32')}
    ${input(1, 'weights', 'f32')}
    ${output(2, 'gradient', 'f32')}

    @compute @workgroup_size(${inputsPerGroup})
    fn main(@builtin(global_invocation_id) id: vec3u) {
      if (id.x >= ${inputs}) { return; }
      var sum = 0.0;
      ${each(outputs, (c) => `sum += dy[id.y * ${outputs} + ${c}] * weights[id.x * ${outputs} + ${c}];`)}
      gradient[id.y * ${inputs} + id.x] = sum;
    }`,
}));

/** The gradients by kernel and bias: features [n, inputs], dy [n, outputs] -> both. Scalar: the rows. */
export const denseKernelGradient = sized((inputs: number, outputs: number) => ({
  label: 'denseKernelGradient',
  code: /* wgsl */ `
    ${input(0, 'features', 'f32')}
    ${input(1, 'dy', 'f32')}
    ${output(2, 'kernel', 'f32')}
    ${output(3, 'bias', 'f32')}
    @group(0) @binding(4) var<uniform> rows: u32;

    @compute @workgroup_size(${inputsPerGroup})
    fn main(@builtin(global_invocation_id) id: vec3u) {
      if (id.x >= ${inputs}) { return; }
      ${each(outputs, (c) => `var sum${c} = 0.0;`)}
      for (var row = 0u; row < rows; row++) {
        let x = features[row * ${inputs} + id.x];
        ${each(outputs, (c) => `sum${c} += x * dy[row * ${outputs} + ${c}];`)}
      }
      ${each(outputs, (c) => `kernel[id.x * ${outputs} + ${c}] = sum${c};`)}
      if (id.x >= ${outputs}) { return; }
      var sum = 0.0;
      for (var row = 0u; row < rows; row++) { sum += dy[row * ${outputs} + id.x]; }
      bias[id.x] = sum;
    }`,
}));
