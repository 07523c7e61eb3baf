import type { Library } from '../values/arrayType.ts';
import type { Value } from '../values/value.ts';
import { library } from './library.ts';
import { constructionFunctions } from './numpyConstruction.ts';
import { elementwiseFunctions } from './numpyElementwise.ts';
import { byName } from './numpyFunction.ts';
import { interpolationFunctions } from './numpyInterpolation.ts';
import { layoutFunctions } from './numpyLayout.ts';
import { mutatingFunctions } from './numpyMutators.ts';
import { numpyRandomModule } from './numpyRandom.ts';
import { reductionFunctions } from './numpyReduction.ts';
import { selectionFunctions } from './numpySelection.ts';
import { typeMembers } from './numpyTypes.ts';

const constants = {
  pi: Math.PI,
  e: Math.E,
  euler_gamma: 0.5772156649015329,
  inf: Infinity,
  nan: NaN,
  newaxis: null,
};

/** What NumPy and JAX's version of it have in common, computed as the one or the other does. */
export function arrayMembers(of: Library): Readonly<Record<string, Value>> {
  return {
    ...constants,
    ...typeMembers(of),
    ...byName([
      ...elementwiseFunctions(of),
      ...reductionFunctions(of),
      ...constructionFunctions(of),
      ...layoutFunctions(of),
      ...selectionFunctions(of),
      ...interpolationFunctions(of),
    ]),
  };
}

export const numpyModule = library('numpy', {
  ...arrayMembers('numpy'),
  ...byName(mutatingFunctions),
  random: numpyRandomModule,
});
