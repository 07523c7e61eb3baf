/** What the build makes from the catalog and the kinds of findings: a JSON Schema, two pages. */
export { schedulesJsonSchema } from './reading/json/schema.ts';
export { findingsPage } from './checking/findingsPage.ts';
export { referencePage } from './optax/reference.ts';
