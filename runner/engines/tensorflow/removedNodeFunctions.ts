import util from 'node:util';

/**
 * tfjs-node calls functions of `util` that Node 23 removed. To be imported before it.
 */
Object.assign(util, {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
});
