/** What Python would raise an exception for. */
export class PythonError extends Error {}
