/**
 * What the extension and its pages say to each other. The extension holds the truth: a page draws
 * the last state that it was sent, and could be thrown away at any moment.
 */
export type * from './preview/messages.ts';
export { isFromPreview, isSavedPreview } from './preview/messageChecks.ts';
export type * from './compare/messages.ts';
export { isFromCompare, isSavedComparison } from './compare/messageChecks.ts';
export { newComparison, type Comparison } from './compare/comparison.ts';
