import type {
  Curve,
  FromPreview,
  PreviewSamples,
  PreviewSchedule,
  PreviewState,
  SentState,
} from '../messages.ts';
import { isSameCurve, refined } from './curves.ts';
import type { Page } from './page.ts';
import type { View } from './view.ts';

/** A state with the schedules that it does not repeat; undefined where the page has not got them. */
export function wholeState(
  before: PreviewState | undefined,
  sent: SentState,
): PreviewState | undefined {
  const known = new Map(before?.schedules.map((schedule) => [schedule.name, schedule]));
  const schedules: PreviewSchedule[] = [];
  for (const one of sent.schedules) {
    const schedule = 'isUnchanged' in one ? known.get(one.name) : one;
    if (!schedule) return undefined;
    schedules.push(schedule);
  }
  return { ...sent, schedules };
}

/** The page after a state came, which is all that counts from then on. */
export function withState(page: Page | undefined, state: PreviewState, view: View): Page {
  const curves = state.schedules.flatMap(({ name, curve }): readonly [string, Curve][] =>
    curve ? [[name, kept(page, name, curve)]] : [],
  );
  return {
    answered: null,
    crosshair: null,
    isMenuOpen: false,
    ...page,
    state,
    view,
    curves: new Map(curves),
    edit: page?.edit?.isDone === false ? page.edit : null,
    drag: page?.drag?.isDone === false ? page.drag : null,
  };
}

/** A curve that is as it was stays as fine as it has become. */
function kept(page: Page | undefined, name: string, curve: Curve): Curve {
  const before = page?.state.schedules.find((one) => one.name === name)?.curve;
  const isKept = before && (before === curve || isSameCurve(before, curve));
  const finer = isKept ? page.curves.get(name) : undefined;
  return finer ?? curve;
}

/** The page after it has said something that the extension will agree to: it need not wait. */
export function withSaid(page: Page, message: FromPreview): Page {
  switch (message.type) {
    case 'select':
      return { ...page, state: { ...page.state, active: message.schedule } };
    case 'setLocked':
      return { ...page, state: { ...page.state, isLocked: message.isLocked } };
    default:
      return page;
  }
}

/** The page with finer samples of some curves. */
export function withSamples(page: Page, { curves: finer }: PreviewSamples): Page {
  const curves = new Map(page.curves);
  for (const { name, curve } of page.state.schedules) {
    const samples = finer[name];
    if (curve && samples) curves.set(name, refined(curve, samples));
  }
  return { ...page, curves };
}

/** Without what is done where the state already says so: no other state may come. */
export function settled(page: Page): Page {
  const { drag, state } = page;
  const schedule = state.schedules.find(({ name }) => name === drag?.schedule);
  const handle = schedule?.handles.find(({ argument }) => argument === drag?.argument);
  return drag?.isDone && handle?.value === drag.value ? { ...page, drag: null } : page;
}
