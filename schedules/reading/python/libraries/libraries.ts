import type { ModuleObject, Value } from '../values/value.ts';
import { configurationLibraries } from './configurationLibraries.ts';
import { jaxNnModule, jaxNumpyModule } from './jaxNumpy.ts';
import { laxModule } from './lax.ts';
import { mathModule } from './math.ts';
import { numpyModule } from './numpy.ts';
import { jaxRandomModule, numpyRandomModule } from './numpyRandom.ts';
import { optaxModule } from './optax.ts';
import { jaxFunctions, standardLibraries } from './standard.ts';

const jaxMembers: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries(jaxFunctions),
  ['numpy', jaxNumpyModule],
  ['lax', laxModule],
  ['nn', jaxNnModule],
  ['random', jaxRandomModule],
]);

const jaxModule: ModuleObject = {
  kind: 'module',
  name: 'jax',
  member: (name) => jaxMembers.get(name),
};

/** The libraries that are known, by their full names; some remember what the program tells them. */
export function newLibraries(): ReadonlyMap<string, ModuleObject> {
  return new Map<string, ModuleObject>([
    ...Object.entries(standardLibraries),
    ...Object.entries(configurationLibraries()),
    ['math', mathModule],
    ['numpy', numpyModule],
    ['jax', jaxModule],
    ['jax.numpy', jaxNumpyModule],
    ['jax.lax', laxModule],
    ['jax.nn', jaxNnModule],
    ['jax.random', jaxRandomModule],
    ['numpy.random', numpyRandomModule],
    ['optax', optaxModule],
  ]);
}
