import { arrayItems } from './arrayConstruction.ts';
import { elementsAt, multiples, sizeOf, type Shape } from './arrayShape.ts';
import type { NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';

/** Nobody takes parts of parts more often. */
const deepestView = 50;

/**
 * A part of an array of NumPy, or all of it in another shape: what is written into the one is in the
 * other, too.
 */
export class ArrayView implements NumericArray {
  readonly kind = 'array';
  readonly library: NumericArray['library'];
  readonly dtype: NumericArray['dtype'];
  readonly shape: Shape;
  readonly base: NumericArray;
  readonly #depth: number;
  readonly #places: () => readonly number[];
  #seen: NumericArray['data'];
  #own: NumericArray['data'];

  /**
   * @param elements the part as it is now.
   * @param places tells where its elements are in the array that is looked at.
   */
  constructor(base: NumericArray, elements: NumericArray, places: () => readonly number[]) {
    this.base = base;
    this.library = elements.library;
    this.dtype = elements.dtype;
    this.shape = elements.shape;
    this.#depth = base instanceof ArrayView ? base.#depth + 1 : 0;
    this.#places = places;
    this.#seen = base.data;
    this.#own = elements.data;
    if (this.#depth > deepestView) throw new PythonError('RecursionError: views of views');
  }

  get data(): NumericArray['data'] {
    const { data } = this.base;
    if (data !== this.#seen) {
      this.#seen = data;
      this.#own = data && elementsAt(data, this.#places());
    }
    return this.#own;
  }

  set data(elements: NumericArray['data']) {
    const { data } = this.base;
    if (!data || !elements) {
      this.base.data = undefined;
      return;
    }
    const changed = [...data];
    this.#places().forEach((place, i) => {
      changed[place] = elements[i] ?? NaN;
    });
    this.base.data = changed;
  }
}

/** What a function of the layout makes of an array: in NumPy it looks at the same elements. */
export function viewed(
  array: NumericArray,
  layout: (array: NumericArray) => NumericArray,
): NumericArray {
  const result = layout(array);
  const isView = array.library === 'numpy' && array.data !== undefined && result.shape.length > 0;
  if (!isView || result === array) return result;
  const numbered = (): NumericArray => ({
    ...{ kind: 'array', library: 'numpy', dtype: 'float64', shape: array.shape },
    data: multiples(sizeOf(array.shape), 1),
  });
  return new ArrayView(array, result, () => layout(numbered()).data ?? []);
}

/** What `for` finds in an array: its rows are views in NumPy. */
export function arrayParts(array: NumericArray): NumericArray[] {
  const items = arrayItems(array);
  if (array.library === 'jax' || array.shape.length < 2 || !array.data) return items;
  return items.map((item, i) => {
    const size = sizeOf(item.shape);
    return new ArrayView(array, item, () => multiples(size, 1).map((place) => i * size + place));
  });
}
