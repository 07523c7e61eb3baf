import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Names of a user's Python, in the order in which they are tried. */
export const pythons = ['python3', 'python'] as const;
export type Python = (typeof pythons)[number];

export interface PythonOptions {
  readonly folder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; without end if not given. */
  readonly timeout?: number | undefined;
}

/**
 * What Python prints when it is run with these arguments.
 * Throws Node's error (`ENOENT` where there is none) with its `stderr`, or the signal's reason.
 */
export async function runPython(
  python: Python,
  parameters: readonly string[],
  { folder, signal, timeout = 0 }: PythonOptions = {},
): Promise<string> {
  try {
    const { stdout } = await execute(python, parameters, {
      cwd: folder,
      signal,
      timeout,
      maxBuffer: 2 ** 26,
    });
    return stdout;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
