/**
 * What a person can mend: bad input, a missing file, a full disk. Its message is one clear sentence
 * with the next thing to do; it is shown without a stack trace.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The code of an error of the operating system, such as ENOSPC; undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
