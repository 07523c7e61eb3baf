import { read } from '../../machine/certainty.ts';
import type { Machine } from '../../machine/machine.ts';
import { isTrue, toSize, toText } from '../../values/conversion.ts';
import { keyOf } from '../../values/keys.ts';
import { lazyNative, native } from '../../values/native.ts';
import { PythonError } from '../../values/pythonError.ts';
import {
  isObject,
  list,
  tuple,
  type Dict,
  type Instance,
  type Plain,
  type Value,
} from '../../values/value.ts';
import { instanceWith, library } from '../library.ts';
import { arrayOfShape, lengthMethod, type DataSet } from './dataSet.ts';
import { dataSets } from './facts.ts';
import { batches, pipeline, positive } from './pipeline.ts';
import { splitSize } from './splits.ts';

export const tensorflowDatasetsLibrary = library('tensorflow_datasets', {
  load: native(
    'tfds.load',
    ['name', 'split', 'batch_size', 'as_supervised', 'with_info'],
    ([name, split = null, batchSize, asSupervised, withInfo], machine) => {
      const dataSet = dataSetNamed(name);
      const loaded = dataSetOf(machine, dataSet, split, batchSize, asSupervised);
      return isGiven(withInfo) ? tuple([loaded, infoOf(dataSet)]) : loaded;
    },
  ),
  builder: native('tfds.builder', ['name'], ([name]) => builderOf(dataSetNamed(name))),
  data_source: native('tfds.data_source', ['name', 'split'], ([name, split = null], machine) =>
    eachSplit(machine, dataSetNamed(name), split, (size) =>
      instanceWith({ __len__: lengthMethod(size) }),
    ),
  ),
  as_numpy: lazyNative('tfds.as_numpy', ['dataset'], ([dataset = null]) => dataset),
  Split: library('tfds.Split', {
    TRAIN: 'train',
    TEST: 'test',
    VALIDATION: 'validation',
    ALL: 'all',
  }),
});

/** A data set by its name, which can end with a version: `mnist:3.*.*`. */
function dataSetNamed(name: Plain | undefined): DataSet {
  const dataSet = dataSets.get(toText(name).replace(/:[\d.*]+$/, ''));
  if (!dataSet) throw new PythonError(`DatasetNotFoundError: nothing is known of ${toText(name)}`);
  return dataSet;
}

function builderOf(dataSet: DataSet): Instance {
  return instanceWith({
    info: infoOf(dataSet),
    download_and_prepare: lazyNative('download_and_prepare', ['*given'], () => null),
    as_dataset: native(
      'as_dataset',
      ['split', 'batch_size', 'as_supervised'],
      ([split = null, batchSize, asSupervised], machine) =>
        dataSetOf(machine, dataSet, split, batchSize, asSupervised),
    ),
  });
}

/** `info.splits['train'].num_examples`, `info.features['label'].num_classes` */
function infoOf({ splits, shape, classes }: DataSet): Instance {
  const features = {
    ...(shape && { image: instanceWith({ shape: tuple(shape.map(BigInt)) }) }),
    ...(classes !== undefined && { label: instanceWith({ num_classes: BigInt(classes) }) }),
  };
  const sizes = Object.entries(splits).map(
    ([name, size]) => [name, instanceWith({ num_examples: BigInt(size) })] as const,
  );
  return instanceWith({ splits: dictOf(sizes), features: dictOf(Object.entries(features)) });
}

function dataSetOf(
  machine: Machine,
  dataSet: DataSet,
  split: Plain,
  batchSize: Plain | undefined,
  asSupervised: Plain | undefined,
): Value {
  return eachSplit(machine, dataSet, split, (size) => {
    if (batchSize === undefined || batchSize === null) return pipeline(size);
    if (toSize(batchSize) !== -1) return pipeline(batches(size, positive(batchSize), false));
    return wholeSplit(dataSet, size, isGiven(asSupervised));
  });
}

/** All examples as arrays, which a `batch_size` of -1 gives. */
function wholeSplit({ shape }: DataSet, size: number, asSupervised: boolean): Value {
  if (!shape) throw new PythonError('ValueError: examples of several shapes');
  const [image, label] = [arrayOfShape('int32', [size, ...shape]), arrayOfShape('int64', [size])];
  return asSupervised
    ? tuple([image, label])
    : dictOf([
        ['image', image],
        ['label', label],
      ]);
}

/** What is made of one split; of a list of them a list, and of none a dict with them all. */
function eachSplit(
  machine: Machine,
  dataSet: DataSet,
  split: Plain,
  make: (size: number) => Value,
): Value {
  if (split === null) {
    return dictOf(Object.entries(dataSet.splits).map(([name, size]) => [name, make(size)]));
  }
  const one = (part: Value): Value => make(splitSize(dataSet, toText(read(machine, part))));
  if (!isObject(split)) return one(split);
  switch (split.kind) {
    case 'list':
      return list(split.items.map(one));
    case 'tuple':
      return tuple(split.items.map(one));
    case 'dict':
      return dictOf([...split.entries.values()].map(([name, part]) => [name, one(part)]));
    default:
      throw new PythonError('ValueError: no split');
  }
}

function dictOf(entries: readonly (readonly [key: Value, value: Value])[]): Dict {
  return { kind: 'dict', entries: new Map(entries.map((entry) => [keyOf(entry[0]), entry])) };
}

function isGiven(flag: Plain | undefined): boolean {
  return flag !== undefined && isTrue(flag);
}
