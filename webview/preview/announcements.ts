import { counted, courseText, stepText } from './figures.ts';
import type { Projection } from './projection.ts';

/** Milliseconds without another change before something is said. */
const quiet = 1000;

/** A live region that says in a sentence what has come of a change, once it is over. */
export function createAnnouncer(): {
  readonly element: HTMLElement;
  hear(projection: Projection): void;
} {
  const element = document.createElement('div');
  element.className = 'only-read';
  element.setAttribute('role', 'status');
  let timer = 0;
  let sentence = '';
  return {
    element,
    hear(projection) {
      const next = sentenceOf(projection);
      if (next === sentence) return;
      sentence = next;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        element.textContent = sentence;
      }, quiet);
    },
  };
}

function sentenceOf({ state, active, schedules }: Projection): string {
  if (state.stale !== null) return `The curves are the last good ones. ${state.stale}`;
  if (active === null) return `${counted(schedules.length, 'schedule')} in ${state.file}.`;
  const { name, refused, shownCurve, length } = active;
  if (refused !== null) return `${name}: ${refused}`;
  if (shownCurve === null) return `${name}.`;
  return `${name}: ${courseText(shownCurve)}, laid out for ${stepText(length)} steps.`;
}
