import { counted, placeText, rateText } from '../figures.ts';
import { readRate, visible, type Projection } from '../projection.ts';
import type { Navigation } from './navigation.ts';

/** The keyboard's way through the picture: a slider of the step at which the rates are read. */
export interface Reader {
  readonly element: HTMLElement;
  describe(projection: Projection): void;
}

export function createReader(latest: () => Projection | undefined, ways: Navigation): Reader {
  const element = document.createElement('div');
  element.className = 'reader';
  element.tabIndex = 0;
  element.setAttribute('role', 'slider');
  element.setAttribute('aria-label', 'Step at which the rates are read');
  element.setAttribute('aria-description', keysText);
  element.addEventListener('keydown', (event) => {
    const projection = latest();
    if (!projection || event.ctrlKey || event.metaKey || event.altKey) return;
    const react = reactions(ways, projection, event.shiftKey)[event.key];
    if (!react) return;
    react();
    event.preventDefault();
  });
  element.addEventListener('blur', () => {
    ways.read(null);
  });
  return {
    element,
    describe(projection) {
      const { stretch, crosshair } = projection;
      element.setAttribute('aria-valuemin', String(Math.ceil(stretch[0])));
      element.setAttribute('aria-valuemax', String(Math.floor(stretch[1])));
      element.setAttribute('aria-valuenow', String(crosshair ?? Math.ceil(stretch[0])));
      element.setAttribute('aria-valuetext', readingText(projection));
    },
  };
}

const keysText = 'Arrow keys move it, plus and minus zoom, page keys pan, 0 shows all steps.';

/** How much a key zooms. */
const zoomFactor = 0.7;

/** What each key does; with Shift, arrows go ten times as far. */
function reactions(
  { read, pan, zoom, reset }: Navigation,
  { crosshair, stretch }: Projection,
  isFar: boolean,
): Readonly<Record<string, () => boolean>> {
  const [from, to] = stretch;
  const step = crosshair ?? (from + to) / 2;
  const stride = Math.max(1, Math.round((to - from) / (isFar ? 20 : 200)));
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

/** The step and the rate of the active schedule; of all, if none is. */
function readingText(projection: Projection): string {
  const { crosshair: step, active, state } = projection;
  if (step === null) return counted(visible(projection).length, 'curve');
  const read = (active && !active.isHidden ? [active] : visible(projection)).map((schedule) => {
    const rate = readRate(projection, schedule, step)?.rate;
    return rate === undefined ? '' : `${schedule.name} ${rateText(rate)}`;
  });
  return [placeText(step, state.training.stepsPerEpoch), ...read].join(', ');
}
