import { isTrue, toText } from '../../values/conversion.ts';
import { lazyNative, native } from '../../values/native.ts';
import { PythonError } from '../../values/pythonError.ts';
import type { Plain, Value } from '../../values/value.ts';
import { instanceWith, library } from '../library.ts';
import { arrayOfShape, lengthMethod, sizeOfSplit, type DataSet } from './dataSet.ts';
import { dataSets } from './facts.ts';

/** A data set of which `train=False` gives the other half. */
function halved(name: string, { splits }: DataSet, example: readonly number[]): Value {
  return native(name, ['root', 'train'], ([, train = true]) =>
    examples(isTrue(train) ? splits['train'] : splits['test'], example),
  );
}

/** A data set whose `split` is named. */
function named(
  name: string,
  splits: DataSet['splits'],
  first: string,
  example?: readonly number[],
): Value {
  return native(name, ['root', 'split'], ([, split = first]) =>
    examples(sizeOfSplit({ splits }, toText(split)), example),
  );
}

function examples(count: number | undefined, example: readonly number[] | undefined): Value {
  if (count === undefined) throw new PythonError('ValueError: unknown split');
  return instanceWith({
    __len__: lengthMethod(count),
    ...(example && {
      data: arrayOfShape('int32', [count, ...example]),
      targets: arrayOfShape('int64', [count]),
    }),
  });
}

function known(name: string): DataSet {
  return dataSets.get(name) ?? { splits: {} };
}

const emnistSplits: Readonly<Record<string, DataSet['splits']>> = {
  byclass: known('emnist/byclass').splits,
  bymerge: known('emnist/bymerge').splits,
  balanced: known('emnist/balanced').splits,
  // TensorFlow Datasets keeps a part of the letters back.
  letters: { train: 124_800, test: 20_800 },
  digits: known('emnist/digits').splits,
  mnist: known('emnist/mnist').splits,
};

function emnistPart(split: Plain | undefined, train: Plain): number | undefined {
  const name = toText(split);
  const splits = Object.hasOwn(emnistSplits, name) ? emnistSplits[name] : undefined;
  return splits?.[isTrue(train) ? 'train' : 'test'];
}

const svhn = known('svhn_cropped').splits;
const stl10 = { train: 5_000, test: 8_000, unlabeled: 100_000, 'train+unlabeled': 105_000 };
const flowers = { train: 1_020, val: 1_020, test: 6_149 };
const celebA = { train: 162_770, valid: 19_867, test: 19_962, all: 202_599 };

export const torchvisionDatasets = library('torchvision.datasets', {
  MNIST: halved('MNIST', known('mnist'), [28, 28]),
  FashionMNIST: halved('FashionMNIST', known('fashion_mnist'), [28, 28]),
  KMNIST: halved('KMNIST', known('kmnist'), [28, 28]),
  CIFAR10: halved('CIFAR10', known('cifar10'), [32, 32, 3]),
  CIFAR100: halved('CIFAR100', known('cifar100'), [32, 32, 3]),
  USPS: halved('USPS', { splits: { train: 7_291, test: 2_007 } }, [16, 16]),
  EMNIST: native('EMNIST', ['root', 'split', 'train'], ([, split, train = true]) =>
    examples(emnistPart(split, train), [28, 28]),
  ),
  SVHN: named('SVHN', svhn, 'train', [3, 32, 32]),
  STL10: named('STL10', stl10, 'train', [3, 96, 96]),
  ImageNet: named('ImageNet', { train: 1_281_167, val: 50_000 }, 'train'),
  Food101: named('Food101', { train: 75_750, test: 25_250 }, 'train'),
  Flowers102: named('Flowers102', flowers, 'train'),
  OxfordIIITPet: named('OxfordIIITPet', { trainval: 3_680, test: 3_669 }, 'trainval'),
  CelebA: named('CelebA', celebA, 'train'),
  FakeData: lazyNative('FakeData', ['size'], ([size = 1000n]) =>
    instanceWith({ __len__: lazyNative('__len__', [], () => size) }),
  ),
});

export const torchvisionLibrary = library('torchvision', { datasets: torchvisionDatasets });
