import { PythonError } from '../../values/pythonError.ts';
import { sizeOfSplit, type DataSet } from './dataSet.ts';

/**
 * Number of examples of a split as TensorFlow Datasets and Hugging Face write it: `train`,
 * `train[:80%]`, `train[5000:]`, `train+test`, `all`.
 *
 * @throws PythonError for what is no split of the data set.
 */
export function splitSize(dataSet: DataSet, split: string): number {
  const parts = split.split('+').slice(0, 100);
  return parts.reduce((sum, part) => sum + partSize(dataSet, part.trim()), 0);
}

const partForm = /^([\w-]+)(?:\[(-?\d+%?)?:(-?\d+%?)?\])?$/;

function partSize(dataSet: DataSet, part: string): number {
  const [, name = '', from, to] = partForm.exec(part) ?? [];
  if (part === 'all') return Object.values(dataSet.splits).reduce((sum, size) => sum + size, 0);
  const size = sizeOfSplit(dataSet, name);
  const start = from === undefined ? 0 : boundary(from, size);
  const end = to === undefined ? size : boundary(to, size);
  if (start > size || end > size) throw new PythonError(`ValueError: '${part}' is out of range`);
  return Math.max(0, end - start);
}

/** A share is rounded to the nearest whole number, as both libraries do. */
function boundary(text: string, size: number): number {
  const number = Number.parseInt(text, 10);
  const position = text.endsWith('%') ? roundHalfEven((number * size) / 100) : number;
  return Math.max(0, position < 0 ? position + size : position);
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  if (value - below === 0.5) return below % 2 === 0 ? below : below + 1;
  return Math.round(value);
}
