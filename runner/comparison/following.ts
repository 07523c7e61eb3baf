import { setTimeout } from 'node:timers/promises';
import { journalPieces, withoutSteps } from './journal.ts';
import { isUsedByOthers, type OpenComparison, type Part } from './openComparison.ts';
import { endsOf, linesOf } from './opening.ts';
import { afterEvent, stateAfter } from './runStates.ts';

export interface FollowingOptions {
  /** Is called before anything is told, once it is seen that another process trains. */
  readonly onFollowing: () => void;
  /** Is told lines of events; the next ones come when it has taken them. */
  readonly tell: (lines: string | Uint8Array) => Promise<void>;
  /** Aborted to leave off. */
  readonly signal: AbortSignal;
}

/** So often it is looked whether there are events; nobody is told of them by another process. */
const pauseMilliseconds = 400;

/**
 * Tells what happens in a comparison while another process trains it, until it does not any more;
 * what a crash leaves in the middle is told as stopped. Of several, nothing more is told.
 *
 * @throws InputError where the journal cannot be read any more.
 */
export async function follow(
  open: OpenComparison,
  { onFollowing, tell, signal }: FollowingOptions,
): Promise<void> {
  const [part, ...others] = open.parts;
  if (!part || others.length > 0) return;
  let isFollowing = false;
  while (!signal.aborted) {
    // Asked before the journal is read, which has all that a process wrote before it ended.
    const isTrained = await isUsedByOthers(open);
    if (isTrained && !isFollowing) onFollowing();
    isFollowing ||= isTrained;
    await tellMore(part, tell);
    if (!isTrained) {
      const ends = await endsOf(part.folder, part.state);
      part.state = ends.reduce(stateAfter, part.state);
      await tell(linesOf(ends));
      // Another process may have gone on with it meanwhile.
      if (!(await isUsedByOthers(open))) return;
    }
    await setTimeout(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/** Tells what has come into a journal since it was read. */
async function tellMore(part: Part, tell: FollowingOptions['tell']): Promise<void> {
  const pieces = journalPieces(part.folder.events, withoutSteps, { from: part.read });
  for await (const { bytes, events, end } of pieces) {
    part.read = end;
    for (const event of events) part.state = afterEvent(part.state, event) ?? part.state;
    await tell(bytes);
  }
}
