import type { FromPreview } from '../messages.ts';
import { atNextFrame } from '../shared/frames.ts';

export type ArgumentChange = Omit<Extract<FromPreview, { type: 'setArgument' }>, 'type'>;

/**
 * Sends changes of arguments: of those that go on, such as a drag, the newest one of each frame;
 * the one that ends them at once.
 */
export function argumentChanges(
  send: (message: FromPreview) => void,
): (change: ArgumentChange) => void {
  let waiting: ArgumentChange | undefined;
  const flush = (): void => {
    if (waiting) send({ type: 'setArgument', ...waiting });
    waiting = undefined;
  };
  const flushAtNextFrame = atNextFrame(flush);
  return (change) => {
    waiting = change;
    if (change.done) flush();
    else flushAtNextFrame();
  };
}
