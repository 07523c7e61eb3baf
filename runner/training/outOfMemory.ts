/** The memory of the device did not suffice: smaller batches may do. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}
