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
