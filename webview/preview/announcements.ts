import { counted, stepText } from '../shared/figures.ts';
import { courseText } from './figures.ts';
import type { Projection } from './projection.ts';

/** What the page has come to, for those who do not see it. */
export function sentenceOf({ state, active, schedules }: Projection): string {
  if (state.stale !== null) return `The curves are the last good ones. ${state.stale}`;
  if (active === null) return `${counted(schedules.length, 'schedule')} in ${state.file}.`;
  const { name, refused, shownCurve, length } = active;
  if (refused !== null) return `${name}: ${refused}`;
  if (shownCurve === null) return `${name}.`;
  return `${name}: ${courseText(shownCurve)}, laid out for ${stepText(length)} steps.`;
}
