/**
 * Draws at the next frame of the screen, once, however often it is asked for before. A page that
 * nobody sees has no frames, and so does nothing.
 */
export function atNextFrame(draw: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  };
}

/** When a page is drawn. */
export interface Drawing {
  /** At the next frame of the screen, once, however often it is asked for before. */
  soon(): void;
  /** At once, so that the next frame has it already; a second time before that frame, with it. */
  now(): void;
}

/** @param onScreen is told of each frame that has something new. */
export function drawing(draw: () => void, onScreen: () => void): Drawing {
  let [isAsked, isDrawn] = [false, false];
  const frame = (): void => {
    const isLate = isAsked;
    [isAsked, isDrawn] = [false, false];
    if (isLate) draw();
    onScreen();
  };
  const wait = (): void => {
    if (!isAsked && !isDrawn) requestAnimationFrame(frame);
  };
  return {
    soon() {
      wait();
      isAsked = true;
    },
    now() {
      wait();
      if (isDrawn) {
        isAsked = true;
      } else {
        [isAsked, isDrawn] = [false, true];
        draw();
      }
    },
  };
}
