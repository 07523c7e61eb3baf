import { each, output, input, vectors, type Kernel } from './kernel.ts';

export const threads = 64;

/** An optimizer's rule for one weight, in WGSL. */
export interface UpdateRule {
  /** The tensors of its state besides a count, by Optax's names: `mu`. */
  readonly accumulators: readonly string[];
  /** Names of the numbers that it uses, which may change from step to step. */
  readonly scalars: readonly string[];
  /**
   * Statements that change the accumulators and set `u`, whose product with the learning rate is
   * subtracted from the weight. They know the gradient `g`, the weight `p`, and scalars as `s.name`.
   */
  readonly code: string;
}

/**
 * Applies a rule to a tensor of weights and its accumulators, in place: to stacks of them, where it is
 * for several runs, each at its own rate. A thread for each weight of a run; a workgroup's y is the run.
 */
export function updateKernel({ accumulators, scalars, code }: UpdateRule, runs: number): Kernel {
  return {
    label: 'update',
    code: /* wgsl */ `
      ${output(0, 'parameter', 'f32')}
      ${input(1, 'gradient', 'f32')}
      ${each(accumulators.length, (i) => output(2 + i, `all_${accumulators[i] ?? ''}`, 'f32'))}
      struct Scalars {
        learningRates: array<vec4f, ${vectors(runs)}>,
        ${scalars.map((name) => `${name}: f32`).join(', ')}
      }
      @group(0) @binding(${2 + accumulators.length}) var<uniform> s: Scalars;

      @compute @workgroup_size(${threads})
      fn main(@builtin(global_invocation_id) id: vec3u) {
        let size = arrayLength(&parameter) / ${runs};
        if (id.x >= size) { return; }
        let i = id.y * size + id.x;
        let p = parameter[i];
        let g = gradient[i];
        ${accumulators.map((name) => `var ${name} = all_${name}[i];`).join('\n')}
        var u = 0.0;
        ${code}
        ${accumulators.map((name) => `all_${name}[i] = ${name};`).join('\n')}
        parameter[i] = p - s.learningRates[id.y / 4][id.y % 4] * u;
      }`,
  };
}
