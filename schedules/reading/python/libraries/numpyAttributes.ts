import { spend, type Machine } from '../machine/machine.ts';
import { arrayOf, nestedList, scalarOf } from '../values/arrayConstruction.ts';
import * as arithmetic from '../values/arrayArithmetic.ts';
import type { Operation } from '../values/arrayElementwise.ts';
import { arrayItem, arrayWithItem } from '../values/arrayIndexing.ts';
import { copyOf, reshapedView, transposed } from '../values/arrayLayout.ts';
import { sizeOf } from '../values/arrayShape.ts';
import { viewed } from '../values/arrayView.ts';
import type { Library } from '../values/arrayType.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { native } from '../values/native.ts';
import {
  isObject,
  tuple,
  type Instance,
  type NativeFunction,
  type Value,
} from '../values/value.ts';
import { jaxNumpyModule } from './jaxNumpy.ts';
import { numpyModule } from './numpy.ts';
import { maximum, minimum } from './numpyElementwise.ts';
import { arrayMutator } from './numpyMutators.ts';
import { arrayFunction, byName, costOf } from './numpyFunction.ts';
import { instanceWith } from './library.ts';

/** `array.name`: a fact about an array, or a method of it; undefined where it has none. */
export function arrayAttribute(
  array: NumericArray,
  name: string,
  machine: Machine,
): Value | undefined {
  const { shape, dtype, library } = array;
  switch (name) {
    case 'shape':
      return tuple(shape.map(BigInt));
    case 'ndim':
      return BigInt(shape.length);
    case 'size':
      return BigInt(sizeOf(shape));
    case 'dtype':
      return { kind: 'dtype', name: dtype, library };
    case 'T':
      spend(machine, costOf(array));
      return viewed(array, transposed);
    case 'real':
      return array;
    case 'at':
      return library === 'jax' ? updates(array) : undefined;
  }
  if (library === 'numpy') {
    const mutating = arrayMutator(array, name);
    if (mutating) return mutating;
  }
  const method = ownMethods[library].get(name) ?? sharedMethod(library, name);
  return method && { kind: 'method', self: array, function: method };
}

/** Methods that are functions of the module, with the array as their first argument. */
const shared = new Set(
  [
    'all any argmax argmin clip cumprod cumsum diff dot flatten max mean min prod ravel repeat',
    'round searchsorted sort squeeze std sum take var',
  ].flatMap((names) => names.split(' ')),
);

function sharedMethod(library: Library, name: string): NativeFunction | undefined {
  if (!shared.has(name)) return undefined;
  const found = (library === 'jax' ? jaxNumpyModule : numpyModule).member(name);
  return found !== undefined && isObject(found) && found.kind === 'native' ? found : undefined;
}

function methodsOf(library: Library): ReadonlyMap<string, NativeFunction> {
  const methods = [
    arrayFunction(library, 'astype', 'self dtype copy', ({ array, machine, type }) =>
      copyOf(arrayOf(array('self'), machine, library, type()?.dtype)),
    ),
    arrayFunction(library, 'reshape', 'self *shape order', ({ array, sizes }) =>
      reshapedView(array('self'), sizes('shape')),
    ),
    arrayFunction(library, 'transpose', 'self *axes', ({ array, sizes }) => {
      const axes = sizes('axes');
      return viewed(array('self'), (self) =>
        axes.length > 0 ? transposed(self, axes) : transposed(self),
      );
    }),
    arrayFunction(library, 'item', 'self', ({ array }) => scalarOf(array('self'))),
    arrayFunction(library, 'tolist', 'self', ({ array }) => nestedList(array('self'))),
    ...['copy', 'block_until_ready'].map((name) =>
      arrayFunction(library, name, 'self', ({ array }) => copyOf(array('self'))),
    ),
  ];
  return new Map(methods.map((method) => [method.name, method]));
}

const ownMethods: Readonly<Record<Library, ReadonlyMap<string, NativeFunction>>> = {
  numpy: methodsOf('numpy'),
  jax: methodsOf('jax'),
};

const updateOperations: Readonly<Record<string, Operation | undefined>> = {
  set: undefined,
  add: arithmetic.add,
  subtract: arithmetic.subtract,
  multiply: arithmetic.multiply,
  mul: arithmetic.multiply,
  divide: arithmetic.divide,
  min: minimum,
  max: maximum,
};

/** `array.at`, of which `[index].set(value)` gives another array. */
function updates(array: NumericArray): Instance {
  const item = native('at', ['index'], ([index = null], machine) =>
    instanceWith({
      get: native('get', [], () => arrayItem(array, index, machine)),
      ...byName(
        Object.entries(updateOperations).map(([name, operation]) =>
          arrayFunction('jax', name, 'values', ({ operand }) =>
            arrayWithItem(array, index, operation, operand('values'), machine),
          ),
        ),
      ),
    }),
  );
  return instanceWith({ __getitem__: item });
}
