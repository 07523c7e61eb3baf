/** A device did not have the memory for what was computed, which therefore has no sense. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';

  /**
   * @param recover makes the device compute again, for who knows all that has no sense; until then
   * whoever reads something from it is told that.
   */
  constructor(
    message: string,
    readonly recover: () => void = () => undefined,
  ) {
    super(message);
  }
}
