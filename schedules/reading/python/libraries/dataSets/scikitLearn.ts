import { isTrue, toSize, toText } from '../../values/conversion.ts';
import { keyOf } from '../../values/keys.ts';
import { native } from '../../values/native.ts';
import type { DTypeName } from '../../values/numericArray.ts';
import { PythonError } from '../../values/pythonError.ts';
import { isObject, tuple, type Dict, type Plain, type Value } from '../../values/value.ts';
import { library } from '../library.ts';
import { arrayOfShape } from './dataSet.ts';
import { trainTestSplit } from './trainTestSplit.ts';

interface Table {
  readonly data: readonly number[];
  readonly target: readonly number[];
  readonly targetType: DTypeName;
  /** The examples as images, where they are some. */
  readonly images?: readonly number[];
}

const classes = (count: number, features: number): Table => ({
  data: [count, features],
  target: [count],
  targetType: 'int64',
});
const measured = (count: number, features: number): Table => ({
  ...classes(count, features),
  targetType: 'float64',
});

/** Loaded by functions without arguments that matter, by their names. */
const tables: Readonly<Record<string, Table>> = {
  load_iris: classes(150, 4),
  load_digits: { ...classes(1797, 64), images: [1797, 8, 8] },
  load_wine: classes(178, 13),
  load_breast_cancer: classes(569, 30),
  load_diabetes: measured(442, 10),
  load_linnerud: { data: [20, 3], target: [20, 3], targetType: 'float64' },
  fetch_california_housing: measured(20_640, 8),
  fetch_olivetti_faces: { ...classes(400, 4096), images: [400, 64, 64] },
  fetch_covtype: classes(581_012, 54),
};

/** By their names on OpenML, in lower case. */
const openMl: ReadonlyMap<string, Table> = new Map([
  ['mnist_784', classes(70_000, 784)],
  ['fashion-mnist', classes(70_000, 784)],
]);

function loader(name: string, table: Table): Value {
  return native(name, ['*none', 'return_X_y', 'n_class'], ([, asPair, digits]) => {
    if (digits !== undefined && toSize(digits) !== 10)
      throw new PythonError('ValueError: some of the classes alone');
    return loaded(table, asPair);
  });
}

/** A `Bunch`, whose entries are attributes too, or data and target alone. */
function loaded({ data, target, targetType, images }: Table, asPair: Plain | undefined): Value {
  const arrays = [arrayOfShape('float64', data), arrayOfShape(targetType, target)] as const;
  if (asPair !== undefined && isTrue(asPair)) return tuple(arrays);
  const entries: readonly (readonly [string, Value])[] = [
    ['data', arrays[0]],
    ['target', arrays[1]],
    ...(images ? [['images', arrayOfShape('float64', images)] as const] : []),
  ];
  const bunch: Dict = {
    kind: 'dict',
    entries: new Map(entries.map((entry) => [keyOf(entry[0]), entry])),
    attributes: true,
  };
  return bunch;
}

const fetchOpenMl = native('fetch_openml', ['name', 'version', 'return_X_y'], (given) => {
  const [name, , asPair] = given;
  const table = openMl.get(toText(name).toLowerCase());
  if (!table) throw new PythonError(`ValueError: nothing is known of ${toText(name)}`);
  return loaded(table, asPair);
});

/** Points that are made by a function with so many features. */
function points(name: string, features: number, targetType: DTypeName): Value {
  return native(name, ['n_samples'], ([samples = 100n]) => {
    const count = toSize(samples);
    return tuple([arrayOfShape('float64', [count, features]), arrayOfShape(targetType, [count])]);
  });
}

const makeClassification = native(
  'make_classification',
  ['n_samples', 'n_features'],
  ([samples = 100n, features = 20n]) => {
    const count = toSize(samples);
    return tuple([
      arrayOfShape('float64', [count, toSize(features)]),
      arrayOfShape('int64', [count]),
    ]);
  },
);

const makeRegression = native(
  'make_regression',
  ['n_samples', 'n_features', '*informative', 'n_targets', 'coef'],
  ([samples = 100n, features = 100n, , targets = 1n, coefficients = false]) => {
    const [count, inputs, outputs] = [toSize(samples), toSize(features), toSize(targets)];
    const several = outputs > 1 ? [outputs] : [];
    return tuple([
      arrayOfShape('float64', [count, inputs]),
      arrayOfShape('float64', [count, ...several]),
      ...(isTrue(coefficients) ? [arrayOfShape('float64', [inputs, ...several])] : []),
    ]);
  },
);

const makeBlobs = native('make_blobs', ['n_samples', 'n_features', 'centers'], (given) => {
  const [samples = 100n, features = 2n, centers = null] = given;
  const width = isObject(centers) && centers.kind === 'array' ? centers.shape[1] : undefined;
  const count = toSize(samples);
  return tuple([
    arrayOfShape('float64', [count, width ?? toSize(features)]),
    arrayOfShape('int64', [count]),
  ]);
});

export const sklearnDatasets = library('sklearn.datasets', {
  ...Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, loader(name, table)])),
  fetch_openml: fetchOpenMl,
  make_classification: makeClassification,
  make_regression: makeRegression,
  make_blobs: makeBlobs,
  make_moons: points('make_moons', 2, 'int64'),
  make_circles: points('make_circles', 2, 'int64'),
  make_swiss_roll: points('make_swiss_roll', 3, 'float64'),
  make_s_curve: points('make_s_curve', 3, 'float64'),
});

export const sklearnModelSelection = library('sklearn.model_selection', {
  train_test_split: trainTestSplit,
});

export const sklearnLibrary = library('sklearn', {
  datasets: sklearnDatasets,
  model_selection: sklearnModelSelection,
});
