/**
 * Stands in for `@mapbox/node-pre-gyp` in the worker's bundle (see esbuild.mjs): tfjs-node asks it
 * where its binding lies, and the parent process has found that already.
 */
export function find(): string {
  const path = process.env['ANNEAL_TENSORFLOW_BINDING'];
  if (path === undefined) throw new Error('ANNEAL_TENSORFLOW_BINDING does not name the binding.');
  return path;
}
