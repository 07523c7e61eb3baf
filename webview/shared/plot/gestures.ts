/** What a person does with the picture, in pixels from its upper left corner. */
export interface Gestures {
  /** @returns whether there was anything to zoom; if not, the page scrolls. */
  zoom(factor: number, x: number): boolean;
  pan(pixels: number): boolean;
  /** Null where the pointer has left. */
  point(x: number | null, y: number | null): void;
  press(x: number, y: number): void;
}

/** How much a pixel of the wheel zooms. */
const zoomPerPixel = 0.002;
const pixelsPerLine = 20;

/** A press that moves further is a drag. */
const stillness = 4;

/** Listens to wheel, mouse, pen and fingers. */
export function onGestures(element: HTMLElement, gestures: Gestures): void {
  const pressed = new Map<number, DOMPoint>();
  let isDrag = false;

  const placeOf = ({ clientX, clientY }: MouseEvent): DOMPoint => {
    const { left, top } = element.getBoundingClientRect();
    return new DOMPoint(clientX - left, clientY - top);
  };

  const move = (id: number, now: DOMPoint, before: DOMPoint): void => {
    const other = [...pressed].find(([one]) => one !== id)?.[1];
    pressed.set(id, now);
    if (other) {
      const [apart, apartBefore] = [Math.abs(now.x - other.x), Math.abs(before.x - other.x)];
      if (apart > 0 && apartBefore > 0) gestures.zoom(apartBefore / apart, other.x);
    } else gestures.pan(before.x - now.x);
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    if (pressed.size === 0) isDrag = false;
    pressed.set(event.pointerId, placeOf(event));
  });
  element.addEventListener('pointermove', (event) => {
    const [now, before] = [placeOf(event), pressed.get(event.pointerId)];
    gestures.point(now.x, now.y);
    if (!before) return;
    isDrag ||= pressed.size > 1 || Math.hypot(now.x - before.x, now.y - before.y) >= stillness;
    if (isDrag) move(event.pointerId, now, before);
  });
  const release = (event: PointerEvent): void => {
    if (pressed.delete(event.pointerId) && !isDrag && event.type === 'pointerup') {
      const { x, y } = placeOf(event);
      gestures.press(x, y);
    }
  };
  element.addEventListener('pointerup', release);
  element.addEventListener('pointercancel', release);
  element.addEventListener('pointerleave', () => {
    gestures.point(null, null);
  });
  element.addEventListener(
    'wheel',
    (event) => {
      const scale = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : pixelsPerLine;
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const pixels = scale * (isSideways ? event.deltaX || event.deltaY : event.deltaY);
      // A pinch on a touchpad comes as small turns of a wheel with Ctrl.
      const perPixel = event.ctrlKey ? 5 * zoomPerPixel : zoomPerPixel;
      const isDone = isSideways
        ? gestures.pan(pixels)
        : gestures.zoom(Math.exp(pixels * perPixel), placeOf(event).x);
      if (isDone) event.preventDefault();
    },
    { passive: false },
  );
}
