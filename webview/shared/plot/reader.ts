import type { Navigation, Viewed } from './navigation.ts';

/** The keyboard's way through a picture: a slider of the place at which its figures are read. */
export interface Reader {
  readonly element: HTMLElement;
  /** @param reading what is read there, in words. */
  describe(viewed: Viewed, reading: string): void;
}

/** @param label what the slider chooses. */
export function createReader(
  label: string,
  latest: () => Viewed | undefined,
  ways: Navigation,
): Reader {
  const element = document.createElement('div');
  element.className = 'reader';
  element.tabIndex = 0;
  element.setAttribute('role', 'slider');
  element.setAttribute('aria-label', label);
  element.setAttribute('aria-description', keysText);
  element.addEventListener('keydown', (event) => {
    const viewed = latest();
    if (!viewed || event.ctrlKey || event.metaKey || event.altKey) return;
    const react = reactions(ways, viewed, event.shiftKey)[event.key];
    if (!react) return;
    react();
    event.preventDefault();
  });
  element.addEventListener('blur', () => {
    ways.read(null);
  });
  return {
    element,
    describe({ stretch, crosshair }, reading) {
      element.setAttribute('aria-valuemin', String(Math.ceil(stretch[0])));
      element.setAttribute('aria-valuemax', String(Math.floor(stretch[1])));
      element.setAttribute('aria-valuenow', String(crosshair ?? Math.ceil(stretch[0])));
      element.setAttribute('aria-valuetext', reading);
    },
  };
}

const keysText = 'Arrow keys move it, plus and minus zoom, page keys pan, 0 shows all steps.';

/** How much a key zooms. */
const zoomFactor = 0.7;

/** What each key does; with Shift, arrows go ten times as far. */
function reactions(
  { read, pan, zoom, reset }: Navigation,
  { crosshair, stretch, grain }: Viewed,
  isFar: boolean,
): Readonly<Record<string, () => boolean>> {
  const [from, to] = stretch;
  const step = crosshair ?? (from + to) / 2;
  const grains = Math.round((to - from) / (isFar ? 20 : 200) / grain);
  const stride = Math.max(1, grains) * grain;
  const [back, on] = [() => read(step - stride), () => read(step + stride)];
  const place = (step - from) / (to - from);
  const closer = (): boolean => zoom(zoomFactor, place);
  return {
    ArrowLeft: back,
    ArrowDown: back,
    ArrowRight: on,
    ArrowUp: on,
    Home: () => read(from),
    End: () => read(to),
    PageUp: () => pan(-0.5),
    PageDown: () => pan(0.5),
    '+': closer,
    '=': closer,
    '-': () => zoom(1 / zoomFactor, place),
    '0': reset,
    Escape: () => read(null),
  };
}
