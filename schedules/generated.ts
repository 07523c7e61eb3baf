/** What the build makes from the catalog: the JSON Schema and the reference page. */
export { schedulesJsonSchema } from './reading/json/schema.ts';
export { referencePage } from './optax/reference.ts';
