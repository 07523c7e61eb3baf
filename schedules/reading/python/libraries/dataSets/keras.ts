import { lazyNative, native } from '../../values/native.ts';
import type { DTypeName } from '../../values/numericArray.ts';
import { tuple, type ModuleObject, type Value } from '../../values/value.ts';
import { unknownName } from '../../machine/machine.ts';
import { library } from '../library.ts';
import { arrayOfShape } from './dataSet.ts';
import { fromTensorSlices } from './pipeline.ts';

/** What `load_data` gives: arrays of examples and of labels, for training and for testing. */
interface Arrays {
  readonly train: number;
  readonly test: number;
  /** Of one example; of texts there is a list of words for each. */
  readonly example: readonly number[];
  readonly label: readonly number[];
  readonly dtype: DTypeName;
}

const digits: Arrays = {
  train: 60_000,
  test: 10_000,
  example: [28, 28],
  label: [],
  dtype: 'int32',
};
const photos: Arrays = { ...digits, train: 50_000, example: [32, 32, 3], label: [1] };
const texts = (train: number, test: number): Arrays => ({
  ...digits,
  train,
  test,
  example: [],
});

/** By their names in `keras.datasets` (keras.io/api/datasets). */
const loaded: Readonly<Record<string, Arrays>> = {
  mnist: digits,
  fashion_mnist: digits,
  cifar10: photos,
  cifar100: photos,
  imdb: texts(25_000, 25_000),
  reuters: texts(8_982, 2_246),
  boston_housing: { train: 404, test: 102, example: [13], label: [], dtype: 'float64' },
  california_housing: { train: 16_512, test: 4_128, example: [8], label: [], dtype: 'float32' },
};

/** Arguments that change how many examples there are. */
const selecting = ['maxlen', 'test_split', 'version'];

function loader(name: string, { train, test, example, label, dtype }: Arrays): Value {
  return lazyNative('load_data', ['*given'], (_, machine, { keywords }) => {
    if (selecting.some((argument) => keywords.has(argument)))
      return unknownName(machine, `${name}.load_data()`);
    const part = (count: number): Value =>
      tuple([arrayOfShape(dtype, [count, ...example]), arrayOfShape(dtype, [count, ...label])]);
    return tuple([part(train), part(test)]);
  });
}

/** Keras under a name with all modules in it that lead to data sets, outermost first. */
function keras(name: string): readonly [ModuleObject, ...ModuleObject[]] {
  const sets = Object.entries(loaded).map(([set, arrays]) =>
    library(`${name}.datasets.${set}`, { load_data: loader(set, arrays) }),
  );
  const datasets = library(
    `${name}.datasets`,
    Object.fromEntries(sets.map((set) => [set.name.slice(`${name}.datasets.`.length), set])),
  );
  return [library(name, { datasets }), datasets, ...sets];
}

const dataset = library('tensorflow.data.Dataset', { from_tensor_slices: fromTensorSlices });
const experimental = library('tensorflow.data.experimental', {
  cardinality: native('cardinality', ['dataset'], ([counted = null], machine) =>
    machine.call(machine.attribute(counted, 'cardinality'), []),
  ),
});
const data = library('tensorflow.data', { Dataset: dataset, experimental });
const tensorflowKeras = keras('tensorflow.keras');

export const kerasLibraries: readonly ModuleObject[] = [
  library('tensorflow', { keras: tensorflowKeras[0], data }),
  data,
  ...tensorflowKeras,
  ...keras('keras'),
];
