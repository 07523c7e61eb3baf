import { each, input, output, sized } from './kernel.ts';

/** Rows of features that a workgroup of `dense` computes, each with so many threads. */
export const rowsPerGroup = 2;
const threads = 128;

/**
 * features x kernel + bias: [n, inputs], [inputs, outputs], [outputs] -> [n, outputs]; of several networks
 * stacks of all of them. A workgroup has two rows, so that the kernel, which is all that is large, is
 * read half as often; its threads take four inputs at a time and add up what they have at the end. A
 * workgroup's y is the network. Scalar: the rows of one.
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
        let first = workgroup.y * rows;
        let kernel = workgroup.y * ${inputs * outputs};
        ${each(sums, (i) => `var sum${i} = 0.0;`)}
        for (var k = thread; k < ${inputs / 4}; k += ${threads}) {
          ${each(rowsPerGroup, (r) => `let x${r} = features[(first + min(row + ${r}, rows - 1)) * ${inputs / 4} + k];`)}
          ${each(
            outputs,
            (c) => `
            let w${c} = vec4f(${[0, 1, 2, 3].map((i) => `weights[kernel + (4 * k + ${i}) * ${outputs} + ${c}]`).join(', ')});
            ${each(rowsPerGroup, (r) => `sum${r * outputs + c} += dot(x${r}, w${c});`)}`,
          )}
        }
        ${each(sums, (i) => `sums[thread][${i}] = sum${i};`)}
        workgroupBarrier();
        if (thread >= ${sums} || row + thread / ${outputs} >= rows) { return; }
        var sum = bias[workgroup.y * ${outputs} + thread % ${outputs}];
        for (var i = 0; i < ${threads}; i++) { sum += sums[i][thread]; }
        result[(first + row) * ${outputs} + thread] = sum;
      }`,
  };
});

/** Threads of a workgroup of the gradients, of which each has one input. */
export const inputsPerGroup = 64;

/**
 * The gradient by the features: dy [n, outputs], kernel -> [n, inputs]. A workgroup's y is the row, its z
 * the network.
 */
export const denseFeatureGradient = sized((inputs: number, outputs: number) => ({
  label: 'denseFeatureGradient',
  code: /* wgsl */ `
    ${input(0, 'dy', 'f32')}
    ${input(1, 'weights', 'f32')}
    ${output(2, 'gradient', 'f32')}

    @compute @workgroup_size(${inputsPerGroup})
    fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
      if (id.x >= ${inputs}) { return; }
      let row = id.z * groups.y + id.y;
      let kernel = (id.z * ${inputs} + id.x) * ${outputs};
      var sum = 0.0;
      ${each(outputs, (c) => `sum += dy[row * ${outputs} + ${c}] * weights[kernel + ${c}];`)}
      gradient[row * ${inputs} + id.x] = sum;
    }`,
}));

/**
 * The gradients by kernel and bias: features [n, inputs], dy [n, outputs] -> both. A workgroup's y is the
 * network. Scalar: the rows of one.
 */
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
      let first = id.y * rows;
      ${each(outputs, (c) => `var sum${c} = 0.0;`)}
      for (var row = first; row < first + rows; row++) {
        let x = features[row * ${inputs} + id.x];
        ${each(outputs, (c) => `sum${c} += x * dy[row * ${outputs} + ${c}];`)}
      }
      ${each(outputs, (c) => `kernel[(id.y * ${inputs} + id.x) * ${outputs} + ${c}] = sum${c};`)}
      if (id.x >= ${outputs}) { return; }
      var sum = 0.0;
      for (var row = first; row < first + rows; row++) { sum += dy[row * ${outputs} + id.x]; }
      bias[id.y * ${outputs} + id.x] = sum;
    }`,
}));
