import { read } from '../../machine/certainty.ts';
import { toNumber, toSize } from '../../values/conversion.ts';
import { valuesIn } from '../../values/iteration.ts';
import { native } from '../../values/native.ts';
import { PythonError } from '../../values/pythonError.ts';
import {
  list,
  type Instance,
  type ModuleObject,
  type Plain,
  type Value,
} from '../../values/value.ts';
import { instanceWith, library } from '../library.ts';
import { exampleCount, lengthMethod } from './dataSet.ts';
import { batches, positive } from './pipeline.ts';

const loaderParameters = [
  'dataset',
  'batch_size',
  'shuffle',
  'sampler',
  'batch_sampler',
  'num_workers',
  'collate_fn',
  'pin_memory',
  'drop_last',
];

const dataLibrary = library('torch.utils.data', {
  DataLoader: native('DataLoader', loaderParameters, (given, machine) => {
    const [dataset = null, batchSize = 1n, , sampler, batchSampler] = given;
    const dropLast = given[loaderParameters.indexOf('drop_last')];
    const isChosen = [sampler, batchSampler].some((value) => value !== undefined && value !== null);
    const isWhole = !isChosen && batchSize !== null;
    const count = isWhole
      ? batches(exampleCount(machine, dataset), positive(batchSize), dropLast)
      : undefined;
    return instanceWith({ __len__: lengthMethod(count), dataset, batch_size: batchSize });
  }),
  TensorDataset: native('TensorDataset', ['*tensors'], ([tensors = null], machine) =>
    subset(exampleCount(machine, valuesIn(machine, tensors)[0] ?? null)),
  ),
  ConcatDataset: native('ConcatDataset', ['datasets'], ([datasets = null], machine) =>
    subset(
      valuesIn(machine, datasets).reduce<number>(
        (sum, part) => sum + exampleCount(machine, part),
        0,
      ),
    ),
  ),
  Subset: native('Subset', ['dataset', 'indices'], ([, indices = null], machine) =>
    subset(exampleCount(machine, indices)),
  ),
  random_split: native(
    'random_split',
    ['dataset', 'lengths'],
    ([dataset = null, parts = null], machine) => {
      const lengths = valuesIn(machine, parts).map((part) => read(machine, part));
      return list(
        partSizes(exampleCount(machine, dataset), lengths).map((size): Value => subset(size)),
      );
    },
  ),
});

const utils = library('torch.utils', { data: dataLibrary });

export const torchLibraries: readonly ModuleObject[] = [
  library('torch', { utils }),
  utils,
  dataLibrary,
];

function subset(count: number): Instance {
  return instanceWith({ __len__: lengthMethod(count) });
}

/** Lengths as they are, or shares of the whole, of which the first parts get what is left over. */
function partSizes(total: number, parts: readonly Plain[]): readonly number[] {
  if (parts.every((part) => typeof part === 'bigint')) {
    const sizes = parts.map(toSize);
    if (sizes.reduce((sum, size) => sum + size, 0) === total) return sizes;
    throw new PythonError('ValueError: the lengths do not add up to the length of the dataset');
  }
  const sizes = parts.map((part) => Math.floor(total * toNumber(part)));
  const left = total - sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size, i) => size + (i < left % sizes.length ? 1 : 0));
}
