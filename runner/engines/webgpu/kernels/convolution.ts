import { each, input, output, side, sized } from './kernel.ts';

/** Pixels of a row that a thread computes. */
const strip = 7;
const strips = side / strip;

/** Output channels that a thread computes: two vec4f. */
export const channelsPerThread = 8;

/**
 * What 3x3 convolutions (SAME) of any number of images share: a workgroup is one image and eight
 * output channels, a thread one strip of seven pixels. The strip with its neighbours is read once and
 * used for all three columns of the kernel; the 56 sums stay in registers. A workgroup's z is the network
 * whose kernel and bias, in stacks, are used.
 *
 * @param body statements with `image` (of all networks), `ownImage` (of the batch), `network`, `row`,
 * `column` (of the first pixel) and `group` (of channels).
 */
const perStrip = (body: string): string => /* wgsl */ `
  @compute @workgroup_size(${strips}, ${side})
  fn main(
    @builtin(local_invocation_id) local: vec3u,
    @builtin(workgroup_id) workgroup: vec3u,
    @builtin(num_workgroups) groups: vec3u
  ) {
    let row = local.y;
    let column = ${strip} * local.x;
    let group = workgroup.x;
    let ownImage = workgroup.y;
    let network = workgroup.z;
    let image = network * groups.y + ownImage;
    ${body}
  }`;

/** Workgroups of the kernels below. */
export const convolutionGroups = (
  images: number,
  outputs: number,
  networks: number,
): readonly [number, number, number] => [outputs / channelsPerThread, images, networks];

/** Index of the first vec4f of a pixel; `dx` may lead out of the image, which is to be looked at. */
const pixel = (dx: number, vectors: number, image = 'image'): string =>
  `((${image} * ${side} + y) * ${side} + column + ${dx} - 1) * ${vectors}`;

/** Index of the first vec4f of the network's kernel. */
const kernelStart = (inputs: number, outputs: number): string =>
  `network * ${(9 * inputs * outputs) / 4}`;

const isInside = (dx: number): string =>
  dx === 0 ? 'column > 0' : dx === strip + 1 ? `column < ${side - strip}` : 'true';

/** `row + ky - 1` as `y`; rows outside of the image add nothing. */
const forRows = (body: string): string => /* wgsl */ `
  for (var ky = 0u; ky < 3; ky++) {
    let y = row + ky - 1;
    if (y >= ${side}) { continue; }
    ${body}
  }`;

/** A convolution of grey images with bias and ReLU: images, which all networks see, kernel, bias -> features. */
export const firstConvolution = sized((outputs: number) => ({
  label: 'firstConvolution',
  code: /* wgsl */ `
    ${input(0, 'images', 'f32')}
    ${input(1, 'weights')}
    ${input(2, 'bias')}
    ${output(3, 'features')}
    ${perStrip(`
      ${startSums(outputs)}
      ${forRows(`
        ${each(strip + 2, (dx) => `let p${dx} = select(0.0, images[${pixel(dx, 1, 'ownImage')}], ${isInside(dx)});`)}
        ${each(
          3,
          (kx) => `
          ${eachWeight(`${kernelStart(1, outputs)} + (ky * 3 + ${kx}) * ${outputs / 4}`, kx)}
          ${each(strip, (p) => addProducts(p, `p${p + kx}`, kx))}`,
        )}`)}
      ${storeRelu(outputs)}`)}`,
}));

/** A convolution with bias and ReLU: features, kernel, bias -> features. */
export const convolution = sized((inputs: number, outputs: number) => ({
  label: 'convolution',
  code: /* wgsl */ `
    ${input(0, 'images')}
    ${input(1, 'weights')}
    ${input(2, 'bias')}
    ${output(3, 'features')}
    ${perStrip(`
      ${startSums(outputs)}
      ${forRows(`
        for (var c = 0u; c < ${inputs / 4}; c++) {
          ${each(strip + 2, (dx) => `let p${dx} = select(vec4f(), images[${pixel(dx, inputs / 4)} + c], ${isInside(dx)});`)}
          ${each(12, (i) => {
            const [kx, channel] = [Math.floor(i / 4), i % 4];
            return `
              ${eachWeight(`${kernelStart(inputs, outputs)} + ((ky * 3 + ${kx}) * ${inputs} + 4 * c + ${channel}) * ${outputs / 4}`, i)}
              ${each(strip, (p) => addProducts(p, `p${p + kx}[${channel}]`, i))}`;
          })}
        }`)}
      ${storeRelu(outputs)}`)}`,
}));

/**
 * The gradient of a convolution by its features: dy, features that it gave, kernel -> gradient. It is a
 * convolution with the kernel turned by 180 degrees, its channels swapped; where the ReLU gave 0, dy
 * does not count.
 *
 * @param inputs channels of the gradient.
 * @param outputs channels of dy.
 */
export const featureGradient = sized((inputs: number, outputs: number) => ({
  label: 'featureGradient',
  code: /* wgsl */ `
    ${input(0, 'dy')}
    ${input(1, 'features')}
    ${input(2, 'weights')}
    ${output(3, 'gradient')}
    fn masked(i: u32) -> vec4f { return select(vec4f(), dy[i], features[i] > vec4f()); }
    ${perStrip(`
      ${each(strip * channelsPerThread, (i) => `var sum${i} = 0.0;`)}
      ${forRows(`
        for (var c = 0u; c < ${outputs / 4}; c++) {
          ${each(strip + 2, (dx) => `var p${dx} = vec4f(); if (${isInside(dx)}) { p${dx} = masked(${pixel(dx, outputs / 4)} + c); }`)}
          ${each(3 * channelsPerThread, (i) => {
            const [kx, channel] = [Math.floor(i / channelsPerThread), i % channelsPerThread];
            const tap = `((2 - ky) * 3 + ${2 - kx})`;
            return `
              let w${i} = weights[${kernelStart(inputs, outputs)} + (${tap} * ${inputs} + group * ${channelsPerThread} + ${channel}) * ${outputs / 4} + c];
              ${each(strip, (p) => `sum${p * channelsPerThread + channel} += dot(p${p + kx}, w${i});`)}`;
          })}
        }`)}
      let first = ((image * ${side} + row) * ${side} + column) * ${inputs / 4} + group * 2;
      ${each(strip * 2, (i) => {
        const [p, half] = [Math.floor(i / 2), i % 2];
        const sums = [0, 1, 2, 3].map((j) => `sum${p * channelsPerThread + half * 4 + j}`);
        return `gradient[first + ${(p * inputs) / 4 + half}] = vec4f(${sums.join(', ')});`;
      })}`)}`,
}));

/** The sums of a strip, two vec4f a pixel: they begin with the bias. */
const startSums = (outputs: number): string =>
  each(strip * 2, (i) => `var sum${i} = bias[network * ${outputs / 4} + group * 2 + ${i % 2}];`);

/** The weights of the thread's channels, as two vec4f. */
const eachWeight = (first: string, i: number): string =>
  each(2, (half) => `let w${i}_${half} = weights[${first} + group * 2 + ${half}];`);

const addProducts = (p: number, value: string, i: number): string =>
  each(2, (half) => `sum${2 * p + half} += ${value} * w${i}_${half};`);

const storeRelu = (outputs: number): string => `
  let first = ((image * ${side} + row) * ${side} + column) * ${outputs / 4} + group * 2;
  ${each(strip * 2, (i) => `features[first + ${Math.floor(i / 2) * (outputs / 4) + (i % 2)}] = max(sum${i}, vec4f());`)}`;
