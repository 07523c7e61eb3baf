import { customGrad, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';

/**
 * An operation that brings its own gradient; `tf.customGrad` with types.
 *
 * @param forward gives the output and the tensors that the gradient needs.
 * @param gradient from the gradient of the output and those tensors, one gradient for each input.
 */
export function differentiable<
  Inputs extends Tensor[],
  Output extends Tensor,
  Saved extends [Tensor, ...Tensor[]],
>(
  forward: (...inputs: Inputs) => { readonly output: Output; readonly saved: Saved },
  gradient: (dy: Output, saved: Saved) => { [Input in keyof Inputs]: Tensor },
): (...inputs: Inputs) => Output {
  return customGrad<Output>((...args) => {
    const save = args.pop() as GradSaveFunc;
    const { output, saved } = forward(...(args as Inputs));
    save(saved);
    return { value: output, gradFunc: (dy, kept) => gradient(dy, kept as Saved) as Tensor[] };
  });
}
