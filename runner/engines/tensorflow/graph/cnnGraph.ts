import {
  flag,
  int32Tensor,
  integers,
  text,
  type,
  type Attribute,
  type GraphNode,
} from './savedModel.ts';
import {
  parameterNames,
  parameterShapes,
  type ParameterName,
} from '../../../training/parameters.ts';

/** What the graph is given besides the parameters, which are under their own names. */
export const given = {
  /** [n, 28, 28, 1], grey values in 0..1. */
  images: 'images',
  /** [n] int32 classes. */
  labels: 'labels',
  /** By which the loss of each example counts; a scalar. */
  weight: 'weight',
} as const;

/** What can be asked of it. */
export const asked = {
  /** [n, 10]. */
  logits: 'logits',
  /** The weighted sum of the cross-entropies of the examples, in nats; a scalar. */
  loss: 'loss',
  gradient: (parameter: ParameterName) => `gradient/${parameter}` as const,
} as const;

/**
 * The CNN of `training/cnn.ts` and the gradients of its loss. TensorFlow makes one operation of a
 * convolution, its bias and its ReLU, and writes gradients over what they are made of.
 */
export function cnnGraph(): readonly GraphNode[] {
  return [
    placeholder(given.images, type.float32),
    placeholder(given.labels, type.int32),
    placeholder(given.weight, type.float32),
    ...parameterNames.map((name) => placeholder(name, type.float32)),

    conv2D('conv1', given.images, 'CONV1/kernel'),
    biasAdd('conv1/biased', 'conv1', 'CONV1/bias'),
    relu('edges', 'conv1/biased'),
    conv2D('conv2', 'edges', 'CONV2/kernel'),
    biasAdd('conv2/biased', 'conv2', 'CONV2/bias'),
    relu('shapes', 'conv2/biased'),
    ...reshape('flat', 'shapes', [-1, parameterShapes['DENSE/kernel'][0]]),
    matMul('dense', 'flat', 'DENSE/kernel'),
    biasAdd(asked.logits, 'dense', 'DENSE/bias'),
    crossEntropy('crossEntropy', asked.logits, given.labels),
    ...sum('sum', 'crossEntropy', [0]),
    mul(asked.loss, 'sum', given.weight),

    mul('byLogits', 'crossEntropy:1', given.weight),
    biasAddGrad(asked.gradient('DENSE/bias'), 'byLogits'),
    matMul(asked.gradient('DENSE/kernel'), 'flat', 'byLogits', { transposeA: true }),
    matMul('byFlat', 'byLogits', 'DENSE/kernel', { transposeB: true }),
    ...reshape('byShapes', 'byFlat', [-1, 28, 28, parameterShapes['CONV2/bias'][0]]),
    reluGrad('byConv2', 'byShapes', 'shapes'),
    biasAddGrad(asked.gradient('CONV2/bias'), 'byConv2'),
    ...conv2DBackpropFilter('CONV2/kernel', 'edges', 'byConv2'),
    ...conv2DBackpropInput('byEdges', 'edges', 'CONV2/kernel', 'byConv2'),
    reluGrad('byConv1', 'byEdges', 'edges'),
    biasAddGrad(asked.gradient('CONV1/bias'), 'byConv1'),
    ...conv2DBackpropFilter('CONV1/kernel', given.images, 'byConv1'),
  ];
}

const float = { T: type.float32 };
const channelsLast = { data_format: text('NHWC') };
const same3x3 = {
  ...float,
  ...channelsLast,
  strides: integers([1, 1, 1, 1]),
  dilations: integers([1, 1, 1, 1]),
  explicit_paddings: integers([]),
  padding: text('SAME'),
  use_cudnn_on_gpu: flag(true),
};

const node = (
  name: string,
  operation: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = float,
): GraphNode => ({ name, operation, inputs, attributes });

const placeholder = (name: string, dtype: Attribute): GraphNode =>
  node(name, 'Placeholder', [], { dtype });

const constant = (name: string, values: readonly number[]): GraphNode =>
  node(name, 'Const', [], { dtype: type.int32, value: int32Tensor(values) });

const conv2D = (name: string, features: string, kernel: string): GraphNode =>
  node(name, 'Conv2D', [features, kernel], same3x3);

const conv2DBackpropFilter = (
  kernel: 'CONV1/kernel' | 'CONV2/kernel',
  features: string,
  dy: string,
): readonly GraphNode[] => {
  const name = asked.gradient(kernel);
  const shape = constant(`${name}/shape`, parameterShapes[kernel]);
  return [shape, node(name, 'Conv2DBackpropFilter', [features, shape.name, dy], same3x3)];
};

/** @param features whose gradient it is. */
const conv2DBackpropInput = (
  name: string,
  features: string,
  kernel: string,
  dy: string,
): readonly GraphNode[] => {
  const shape = node(`${name}/shape`, 'Shape', [features], { ...float, out_type: type.int32 });
  return [shape, node(name, 'Conv2DBackpropInput', [shape.name, kernel, dy], same3x3)];
};

const biasAdd = (name: string, features: string, bias: string): GraphNode =>
  node(name, 'BiasAdd', [features, bias], { ...float, ...channelsLast });

const biasAddGrad = (name: string, dy: string): GraphNode =>
  node(name, 'BiasAddGrad', [dy], { ...float, ...channelsLast });

const relu = (name: string, features: string): GraphNode => node(name, 'Relu', [features]);

/** dy where the ReLU's output is positive, else 0. */
const reluGrad = (name: string, dy: string, output: string): GraphNode =>
  node(name, 'ReluGrad', [dy, output]);

const mul = (name: string, a: string, b: string): GraphNode => node(name, 'Mul', [a, b]);

const matMul = (
  name: string,
  a: string,
  b: string,
  { transposeA = false, transposeB = false } = {},
): GraphNode => {
  const transposed = { transpose_a: flag(transposeA), transpose_b: flag(transposeB) };
  return node(name, 'MatMul', [a, b], { ...float, ...transposed });
};

const reshape = (name: string, tensor: string, shape: readonly number[]): readonly GraphNode[] => {
  const to = constant(`${name}/shape`, shape);
  return [to, node(name, 'Reshape', [tensor, to.name], { ...float, Tshape: type.int32 })];
};

const sum = (name: string, tensor: string, axes: readonly number[]): readonly GraphNode[] => {
  const over = constant(`${name}/axes`, axes);
  const attributes = { ...float, Tidx: type.int32, keep_dims: flag(false) };
  return [over, node(name, 'Sum', [tensor, over.name], attributes)];
};

/** The losses of examples, [n], and as its second output their gradients by the logits, [n, classes]. */
const crossEntropy = (name: string, logits: string, labels: string): GraphNode => {
  const operation = 'SparseSoftmaxCrossEntropyWithLogits';
  return node(name, operation, [logits, labels], { ...float, Tlabels: type.int32 });
};
