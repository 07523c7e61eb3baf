/**
 * What a person can mend: bad input, a missing file, a full disk. Its message is one clear sentence
 * with the next thing to do; it is shown without a stack trace.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** What an error says; anything can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of an error of the operating system, such as ENOSPC; undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const writeFailures: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room and run again',
  EDQUOT: 'the disk quota is used up; make room and run again',
  EACCES: 'you may not write there; name another folder',
  EPERM: 'you may not write there; name another folder',
  EROFS: 'its file system is read-only; name another folder',
  ENOENT: 'no file can be made there; name another folder',
  ENOTDIR: 'a file is where a folder should be; name another folder',
  EEXIST: 'a file is where a folder should be; name another folder',
};

/** Why a file or folder cannot be written, and what to do. */
export function cannotWrite(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  const code = systemErrorCode(error);
  const why = writeFailures[code ?? ''] ?? code ?? String(error);
  return new InputError(`${path} cannot be written: ${why}.`, { cause: error });
}
