import { isTrue, toText } from '../../values/conversion.ts';
import { keyOf } from '../../values/keys.ts';
import { lazyNative, native } from '../../values/native.ts';
import { PythonError } from '../../values/pythonError.ts';
import { isObject, type Instance, type Plain, type Value } from '../../values/value.ts';
import { instanceWith, library } from '../library.ts';
import { exampleCount, lengthMethod, type DataSet } from './dataSet.ts';
import { dataSets } from './facts.ts';
import { splitSize } from './splits.ts';
import { splitSizes } from './trainTestSplit.ts';

/** Names of Hugging Face's hub, by the names of TensorFlow Datasets. */
const hubNames: Readonly<Record<string, readonly string[]>> = {
  mnist: ['mnist', 'ylecun/mnist'],
  fashion_mnist: ['fashion_mnist', 'zalando-datasets/fashion_mnist'],
  cifar10: ['cifar10', 'uoft-cs/cifar10'],
  cifar100: ['cifar100', 'uoft-cs/cifar100'],
  imdb_reviews: ['imdb', 'stanfordnlp/imdb'],
  ag_news_subset: ['ag_news', 'fancyzhx/ag_news'],
  food101: ['food101', 'ethz/food101'],
  beans: ['beans', 'AI-Lab-Makerere/beans'],
};

const byHubName: ReadonlyMap<string, DataSet> = new Map(
  Object.entries(hubNames).flatMap(([name, aliases]) => {
    const dataSet = dataSets.get(name);
    return dataSet ? aliases.map((alias) => [alias, dataSet] as const) : [];
  }),
);

/** Parts of GLUE are configurations there. */
function dataSetNamed(path: Plain | undefined, configuration: Plain | undefined): DataSet {
  const name = toText(path);
  const isGlue = name === 'glue' || name === 'nyu-mll/glue';
  const dataSet = isGlue ? dataSets.get(`glue/${toText(configuration)}`) : byHubName.get(name);
  if (!dataSet) throw new PythonError(`DatasetNotFoundError: nothing is known of ${name}`);
  return dataSet;
}

export const huggingFaceLibrary = library('datasets', {
  load_dataset: native('load_dataset', ['path', 'name', 'split'], ([path, name, split = null]) => {
    const dataSet = dataSetNamed(path, name);
    if (split !== null) return tableOf(splitSize(dataSet, toText(split)));
    return tablesOf(Object.entries(dataSet.splits));
  }),
});

/** Methods that change columns or the order, not the number of rows. */
const unchanging = [
  'shuffle',
  'with_format',
  'with_transform',
  'cast',
  'cast_column',
  'class_encode_column',
  'remove_columns',
  'rename_column',
  'rename_columns',
  'select_columns',
  'flatten_indices',
];

/** A `Dataset` of so many rows; undefined where that is not known. */
function tableOf(rows: number | undefined): Instance {
  const same = (name: string): Value => lazyNative(name, ['*given'], () => tableOf(rows));
  return instanceWith({
    __len__: lengthMethod(rows),
    ...(rows !== undefined && { num_rows: BigInt(rows) }),
    ...Object.fromEntries(unchanging.map((name) => [name, same(name)])),
    // Over batches, a function can make more rows of some, or less.
    map: mapping((batched) => tableOf(batched ? undefined : rows)),
    filter: lazyNative('filter', ['*given'], () => tableOf(undefined)),
    select: native('select', ['indices'], ([indices = null], machine) =>
      tableOf(exampleCount(machine, indices)),
    ),
    train_test_split: native('train_test_split', ['test_size', 'train_size'], (given) => {
      const [testSize = null, trainSize = null] = given;
      if (rows === undefined) throw new PythonError('ValueError: how many rows is not known');
      const [train, test] = splitSizes(rows, testSize, trainSize);
      return tablesOf([
        ['train', train],
        ['test', test],
      ]);
    }),
  });
}

/** A `DatasetDict`: tables by the names of splits. */
function tablesOf(sizes: readonly (readonly [name: string, rows: number | undefined])[]): Instance {
  const tables = new Map(sizes.map(([name, rows]) => [name, tableOf(rows)]));
  const same = (name: string): Value => lazyNative(name, ['*given'], () => tablesOf(sizes));
  return instanceWith({
    ...Object.fromEntries(unchanging.map((name) => [name, same(name)])),
    __getitem__: native('__getitem__', ['key'], ([name]) => {
      const table = tables.get(toText(name));
      if (!table) throw new PythonError(`KeyError: '${toText(name)}'`);
      return table;
    }),
    num_rows: {
      kind: 'dict',
      entries: new Map(
        sizes.map(([name, rows]) => [
          keyOf(name),
          [name, rows === undefined ? null : BigInt(rows)],
        ]),
      ),
    },
    map: mapping((batched) =>
      tablesOf(sizes.map(([name, rows]) => [name, batched ? undefined : rows])),
    ),
    filter: lazyNative('filter', ['*given'], () =>
      tablesOf(sizes.map(([name]) => [name, undefined])),
    ),
  });
}

function mapping(make: (batched: boolean) => Value): Value {
  return lazyNative('map', ['*given'], (_, __, { keywords }) => {
    const batched = keywords.get('batched') ?? false;
    return make(isObject(batched) || isTrue(batched));
  });
}
