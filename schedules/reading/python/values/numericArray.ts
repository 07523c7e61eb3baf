export type DTypeName = 'float32' | 'float64' | 'int32' | 'int64' | 'bool';

/**
 * An array of NumPy or JAX; without dimensions, a scalar of theirs. Its elements are exact values
 * of its type, in C order. An array so large that only its shape matters has no `data`.
 *
 * Others may have the same `data`: what is written into an array of NumPy replaces it as a whole.
 */
export interface NumericArray {
  readonly kind: 'array';
  readonly library: 'numpy' | 'jax';
  readonly dtype: DTypeName;
  readonly shape: readonly number[];
  data: readonly number[] | undefined;
  /** Of JAX: made of a Python number, so that it gives way to another operand's type. */
  readonly weak?: true;
}
