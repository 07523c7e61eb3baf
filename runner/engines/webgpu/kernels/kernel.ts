/**
 * A program for the GPU, in WGSL, with the entry point `main`. Its bindings are those of group 0: the
 * tensors in the order in which `dispatch` is given them, then its scalars as one uniform, if any.
 *
 * Kernels are written for what all of WebGPU's devices have (8 storage buffers, workgroups of 256,
 * 16 KB of them shared), and with few barriers, which cost most where a GPU is software.
 */
export interface Kernel {
  /** For people who look at what a GPU does. */
  readonly label: string;
  readonly code: string;
}

/** Kernels that are written for sizes of tensors, each once: the text takes longer than to queue it. */
export function sized<Sizes extends readonly number[]>(
  write: (...sizes: Sizes) => Kernel,
): (...sizes: Sizes) => Kernel {
  const written = new Map<string, Kernel>();
  return (...sizes) => {
    const key = sizes.join();
    const kernel = written.get(key) ?? write(...sizes);
    written.set(key, kernel);
    return kernel;
  };
}

/** Images are 28 x 28, and so is all that convolutions make of them. */
export const side = 28;

/** Declares a tensor that is read, as an array of vec4f, f32 or i32. */
export const input = (binding: number, name: string, type = 'vec4f'): string =>
  `@group(0) @binding(${binding}) var<storage, read> ${name}: array<${type}>;`;

/** Declares a tensor that is written. */
export const output = (binding: number, name: string, type = 'vec4f'): string =>
  `@group(0) @binding(${binding}) var<storage, read_write> ${name}: array<${type}>;`;

/** A text for each number from 0 on, one a line. */
export const each = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join('\n');

/** So many vec4f hold a count of numbers. */
export const vectors = (count: number): number => Math.ceil(count / 4);
