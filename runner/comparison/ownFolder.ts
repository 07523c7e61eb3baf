import { InputError } from '../inputError.ts';
import { withLock } from '../lock.ts';
import type { ComparisonFolder } from './folder.ts';

/** Another process has a comparison. */
export class InUseError extends InputError {}

/**
 * Does something to a comparison that no other process may do anything to meanwhile. The lock of a
 * process that has died is taken over.
 *
 * @throws InUseError where another process has the comparison, InputError where the folder cannot be
 * written.
 */
export function ownFolder<T>({ path, lock }: ComparisonFolder, work: () => Promise<T>): Promise<T> {
  return withLock(lock, work, {
    refusal: ({ process, host }, isHere) =>
      new InUseError(
        isHere
          ? `${path} is in use: process ${process} trains it; wait for it or stop it.`
          : `${path} is in use by process ${process} on ${host}; if that has ended, delete ${lock}.`,
      ),
  });
}
