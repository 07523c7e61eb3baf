/**
 * What a person can mend: bad input, a missing file, a full disk. Its message is one clear sentence
 * with the next thing to do; it is shown without a stack trace.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
