import { each, input, output, sized } from './kernel.ts';

const threads = 256;

/**
 * Softmax cross-entropy, all of it: logits [n, classes], labels [n] -> the loss, a scalar, and its
 * gradient [n, classes]; of several networks their logits, the same labels -> their losses. A workgroup is
 * a network. Scalars: n, and what each example counts, 1 or 1 / n.
 */
export const loss = sized((classes: number) => ({
  label: 'loss',
  code: /* wgsl */ `
    ${input(0, 'logits', 'f32')}
    ${input(1, 'labels', 'i32')}
    ${output(2, 'loss', 'f32')}
    ${output(3, 'gradient', 'f32')}
    struct Scalars { count: u32, weight: f32 }
    @group(0) @binding(4) var<uniform> scalars: Scalars;
    var<workgroup> sums: array<f32, ${threads}>;

    @compute @workgroup_size(${threads})
    fn main(
      @builtin(local_invocation_index) thread: u32,
      @builtin(workgroup_id) workgroup: vec3u
    ) {
      let network = workgroup.x;
      var sum = 0.0;
      for (var example = thread; example < scalars.count; example += ${threads}) {
        let first = (network * scalars.count + example) * ${classes};
        let label = u32(labels[example]);
        ${each(classes, (c) => `let logit${c} = logits[first + ${c}];`)}
        var largest = logit0;
        ${each(classes, (c) => `largest = max(largest, logit${c});`)}
        ${each(classes, (c) => `let e${c} = exp(logit${c} - largest);`)}
        let total = ${Array.from({ length: classes }, (_, c) => `e${c}`).join(' + ')};
        sum += log(total) + largest - logits[first + label];
        ${each(classes, (c) => `gradient[first + ${c}] = scalars.weight * (e${c} / total - f32(label == ${c}));`)}
      }
      sums[thread] = sum;
      for (var half = ${threads / 2}u; half > 0; half /= 2) {
        workgroupBarrier();
        if (thread < half) { sums[thread] += sums[thread + half]; }
      }
      if (thread == 0) { loss[network] = scalars.weight * sums[0]; }
    }`,
}));
