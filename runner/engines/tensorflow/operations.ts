import { backend, tensor1d } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';

type Shape4D = Tensor4D['shape'];

/**
 * TensorFlow's own operations, called by name through tfjs-node's back-end. tfjs-core composes some
 * of them from slower ones: its gradient of ReLU is `dy * cast(step(x))`, more than half of a step.
 *
 * Features are [batch, height, width, channels]; kernels [3, 3, in, out]; all float32.
 */
export function tensorflowOperations() {
  const tensorflow = backend() as NodeJSKernelBackend;
  const { binding } = tensorflow;

  const float = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  const channelsLast = { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' };
  const same3x3: TFEOpAttr[] = [
    float,
    channelsLast,
    { name: 'strides', type: binding.TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'dilations', type: binding.TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'padding', type: binding.TF_ATTR_STRING, value: 'SAME' },
    { name: 'use_cudnn_on_gpu', type: binding.TF_ATTR_BOOL, value: true },
  ];
  const labelType = { name: 'Tlabels', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 };

  const run = (name: string, attributes: TFEOpAttr[], inputs: Tensor[]): Tensor4D =>
    tensorflow.executeSingleOutput(name, attributes, inputs) as Tensor4D;

  return {
    conv2D: (features: Tensor4D, kernel: Tensor4D) => run('Conv2D', same3x3, [features, kernel]),

    conv2DBackpropFilter: (features: Tensor4D, kernelShape: Shape4D, dy: Tensor4D) =>
      run('Conv2DBackpropFilter', same3x3, [features, asTensor(kernelShape), dy]),

    conv2DBackpropInput: (featuresShape: Shape4D, kernel: Tensor4D, dy: Tensor4D) =>
      run('Conv2DBackpropInput', same3x3, [asTensor(featuresShape), kernel, dy]),

    biasAdd: (features: Tensor4D, bias: Tensor1D) =>
      run('BiasAdd', [float, channelsLast], [features, bias]),

    biasAddGrad: (dy: Tensor4D) =>
      run('BiasAddGrad', [float, channelsLast], [dy]) as Tensor as Tensor1D,

    relu: (features: Tensor4D) => run('Relu', [float], [features]),

    /** dy where the ReLU's output is positive, else 0. */
    reluGrad: (dy: Tensor4D, output: Tensor4D) => run('ReluGrad', [float], [dy, output]),

    /** @returns the losses [n] and their gradients by the logits [n, classes] */
    sparseSoftmaxCrossEntropy(logits: Tensor2D, labels: Tensor1D): [Tensor1D, Tensor2D] {
      const name = 'SparseSoftmaxCrossEntropyWithLogits';
      const outputs = tensorflow.executeMultipleOutputs(
        name,
        [float, labelType],
        [logits, labels],
        2,
      );
      return outputs as [Tensor1D, Tensor2D];
    },
  };
}

const asTensor = (shape: Shape4D): Tensor1D => tensor1d(shape, 'int32');
