import { each, input, output, side, sized } from './kernel.ts';

/** Rows of an image that a thread goes through. */
const rowsPerThread = { first: 2, other: 14 } as const;

/** Parts into which each image is cut, of which each gives a partial sum. */
export const partsPerImage = (inputs: number): number =>
  side / (inputs === 1 ? rowsPerThread.first : rowsPerThread.other);

/** Rows of a partial sum: the kernel as [9 * inputs, outputs], then the bias. */
export const gradientRows = (inputs: number): number => 9 * inputs + 1;

const masked = `
  fn masked(i: u32) -> vec4f { return select(vec4f(), dy[i], features[i] > vec4f()); }`;

/**
 * The gradients of the first convolution by kernel and bias, as a partial sum for every two rows of an
 * image: images, which all networks see, dy, features that it gave -> [networks * parts, 10, outputs]. A
 * workgroup's x is the image, its y the network. A thread has four output channels and all nine weights of
 * each, and goes along its rows with three columns of pixels in registers.
 */
export const firstKernelGradient = sized((outputs: number) => ({
  label: 'firstKernelGradient',
  code: /* wgsl */ `
    ${input(0, 'images', 'f32')}
    ${input(1, 'dy')}
    ${input(2, 'features')}
    ${output(3, 'partial')}
    ${masked}
    fn grey(image: u32, y: u32, x: u32) -> f32 {
      if (y >= ${side} || x >= ${side}) { return 0; }
      return images[(image * ${side} + y) * ${side} + x];
    }

    @compute @workgroup_size(${outputs / 4}, ${partsPerImage(1)})
    fn main(
      @builtin(local_invocation_id) local: vec3u,
      @builtin(workgroup_id) workgroup: vec3u,
      @builtin(num_workgroups) groups: vec3u
    ) {
      let ownImage = workgroup.x;
      let image = workgroup.y * groups.x + ownImage;
      var biasSum = vec4f();
      ${each(9, (i) => `var sum${i} = vec4f();`)}
      for (var y = local.y * ${rowsPerThread.first}; y < (local.y + 1) * ${rowsPerThread.first}; y++) {
        ${each(3, (ky) => `var a${ky} = 0.0; var b${ky} = grey(ownImage, y + ${ky} - 1, 0);`)}
        for (var x = 0u; x < ${side}; x++) {
          let d = masked(((image * ${side} + y) * ${side} + x) * ${outputs / 4} + local.x);
          biasSum += d;
          ${each(
            3,
            (ky) => `
            let c${ky} = grey(ownImage, y + ${ky} - 1, x + 1);
            sum${3 * ky} += a${ky} * d; sum${3 * ky + 1} += b${ky} * d; sum${3 * ky + 2} += c${ky} * d;
            a${ky} = b${ky}; b${ky} = c${ky};`,
          )}
        }
      }
      let part = image * ${partsPerImage(1)} + local.y;
      let first = part * ${(gradientRows(1) * outputs) / 4} + local.x;
      ${each(9, (i) => `partial[first + ${(i * outputs) / 4}] = sum${i};`)}
      partial[first + ${(9 * outputs) / 4}] = biasSum;
    }`,
}));

/**
 * The same of another convolution, for every half of an image: inputs, dy, features that it gave ->
 * [parts, 9 * inputs + 1, outputs]; images and parts are those of all networks. A workgroup's x is the
 * half, its y the image. A thread has one row of the kernel, four input and four output channels: 48
 * weights, whose sums stay in registers while it goes along its rows.
 */
export const kernelGradient = sized((inputs: number, outputs: number) => {
  const [inputVectors, outputVectors] = [inputs / 4, outputs / 4];
  const parts = partsPerImage(inputs);
  const isInside = `iy < ${side}`;
  return {
    label: 'kernelGradient',
    code: /* wgsl */ `
      ${input(0, 'inputs')}
      ${input(1, 'dy')}
      ${input(2, 'features')}
      ${output(3, 'partial')}
      ${masked}

      @compute @workgroup_size(${inputVectors}, ${outputVectors}, 3)
      fn main(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) workgroup: vec3u) {
        let image = workgroup.y;
        let ky = local.z;
        var biasSum = vec4f();
        ${each(12, (i) => `var sum${i} = vec4f();`)}
        for (var y = workgroup.x * ${rowsPerThread.other}; y < (workgroup.x + 1) * ${rowsPerThread.other}; y++) {
          let iy = y + ky - 1;
          let row = (image * ${side} + iy) * ${side} * ${inputVectors} + local.x;
          var a = vec4f();
          var b = vec4f();
          if (${isInside}) { b = inputs[row]; }
          for (var x = 0u; x < ${side}; x++) {
            let d = masked(((image * ${side} + y) * ${side} + x) * ${outputVectors} + local.y);
            biasSum += d;
            var c = vec4f();
            if (${isInside} && x < ${side - 1}) { c = inputs[row + (x + 1) * ${inputVectors}]; }
            ${each(12, (i) => `sum${i} += ${'abc'[Math.floor(i / 4)] ?? ''}[${i % 4}] * d;`)}
            a = b;
            b = c;
          }
        }
        let part = (image * ${parts} + workgroup.x) * ${gradientRows(inputs) * outputVectors} + local.y;
        ${each(12, (i) => `partial[part + ((ky * 3 + ${Math.floor(i / 4)}) * ${inputs} + local.x * 4 + ${i % 4}) * ${outputVectors}] = sum${i};`)}
        if (ky == 0 && local.x == 0) { partial[part + ${9 * inputs * outputVectors}] = biasSum; }
      }`,
  };
});

const columns = 32;
const slices = 8;

/** Workgroups of `sumParts`. */
export const sumGroups = (
  inputs: number,
  outputs: number,
  networks: number,
): readonly [number, number] => [Math.ceil((gradientRows(inputs) * outputs) / columns), networks];

/**
 * Adds up the partial sums of each network: [networks * parts, 9 * inputs + 1, outputs] -> kernel and
 * bias. A workgroup's y is the network. Scalar: the parts of one.
 */
export const sumParts = sized((inputs: number, outputs: number) => {
  const size = gradientRows(inputs) * outputs;
  const kernelSize = size - outputs;
  return {
    label: 'sumParts',
    code: /* wgsl */ `
      ${input(0, 'partial', 'f32')}
      ${output(1, 'kernel', 'f32')}
      ${output(2, 'bias', 'f32')}
      @group(0) @binding(3) var<uniform> parts: u32;
      var<workgroup> sums: array<array<f32, ${columns}>, ${slices}>;

      @compute @workgroup_size(${columns}, ${slices})
      fn main(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) workgroup: vec3u) {
        let weight = workgroup.x * ${columns} + local.x;
        let network = workgroup.y;
        var sum = 0.0;
        if (weight < ${size}) {
          for (var part = local.y; part < parts; part += ${slices}) {
            sum += partial[(network * parts + part) * ${size} + weight];
          }
        }
        sums[local.y][local.x] = sum;
        workgroupBarrier();
        if (local.y > 0 || weight >= ${size}) { return; }
        for (var slice = 1; slice < ${slices}; slice++) { sum += sums[slice][local.x]; }
        if (weight < ${kernelSize}) {
          kernel[network * ${kernelSize} + weight] = sum;
        } else {
          bias[network * ${outputs} + weight - ${kernelSize}] = sum;
        }
      }`,
  };
});
