import { createRequire } from 'node:module';
import type { Dawn } from './adapters.ts';

/** The variable by which a worker is told where Dawn's native file lies. */
export const dawnVariable = 'ANNEAL_DAWN';

/**
 * Loads Dawn and makes WebGPU's globals of it, as a browser has them.
 *
 * @throws Error where the file is missing or cannot be loaded here.
 */
export function loadDawn(path = process.env[dawnVariable] ?? ''): Dawn {
  const dawn = createRequire(import.meta.url)(path) as Dawn;
  Object.assign(globalThis, dawn.globals);
  // tfjs looks for WebGPU there; from Node 21 on there is a `navigator` that cannot be written to.
  Object.defineProperty(globalThis, 'navigator', {
    value: { gpu: dawn.create([]) },
    configurable: true,
  });
  return dawn;
}
