import type { PhasedSchedule } from '../optax/phases.ts';
import { counted, figure } from './figures.ts';
import { elementsOf } from './source.ts';
import type { CallContext, Trap } from './trap.ts';

interface Join {
  readonly schedules: readonly PhasedSchedule[];
  readonly boundaries: readonly number[];
}

const parameters = ['boundaries', 'schedules'];

/** Each schedule but the first needs a boundary; Optax does not count them. */
export function boundaryCount(join: Join, { source }: CallContext): Trap | undefined {
  const { schedules, boundaries } = join;
  const wanted = schedules.length - 1;
  const surplus = boundaries.length - wanted;
  if (surplus === 0) return undefined;
  const found = `There are ${counted(schedules.length, 'schedule')} and ${countedBoundaries(boundaries.length)}`;
  const advice = `Give ${countedBoundaries(wanted)}.`;
  if (surplus < 0) {
    const which = surplus === -1 ? 'the last schedule is' : `the last ${-surplus} schedules are`;
    const message = `${found}: ${which} never used. ${advice}`;
    return { code: 'too-few-boundaries', parameters, message };
  }
  const which = surplus === 1 ? 'the last one is' : `the last ${surplus} are`;
  const message = `${found}: ${which} ignored. ${advice}`;
  const fix = writtenAs(writtenBoundaries(join, source)?.slice(0, wanted));
  return { code: 'too-many-boundaries', parameters, message, fix };
}

/** Of the boundaries that are reached the last one in the list counts, whatever their order. */
export function boundaryOrder(join: Join, { source }: CallContext): Trap | undefined {
  const boundaries = join.boundaries.slice(0, join.schedules.length - 1);
  const [first = 0] = boundaries;
  const later = boundaries.slice(1);
  const i = later.findIndex((boundary, i) => boundary <= (boundaries[i] ?? first));
  const boundary = later[i];
  if (boundary === undefined) {
    if (first >= 0) return undefined;
    const message = `The boundary ${figure(first)} is below 0: at step 0 schedules[1] is ${counted(-first, 'step')} old. Give 0 or more.`;
    return { code: 'negative-boundary', parameters, message };
  }
  if (boundary === boundaries[i]) {
    const message = `The boundary ${figure(boundary)} is there twice, so schedules[${i + 1}] lasts no step. Give ascending boundaries.`;
    return { code: 'duplicate-boundaries', parameters, message };
  }
  const message = `The boundaries are out of order: from step ${figure(boundary)} on schedules[${i + 2}] is in force, so schedules[${i + 1}] never is. Give them in ascending order.`;
  const ascending = writtenBoundaries(join, source)
    ?.map((text, k) => ({ text, boundary: join.boundaries[k] ?? 0 }))
    .sort((a, b) => a.boundary - b.boundary)
    .map(({ text }) => text);
  return { code: 'unsorted-boundaries', parameters, message, fix: writtenAs(ascending) };
}

/** The text of each boundary, where they are written one by one. */
function writtenBoundaries(
  { boundaries }: Join,
  source: CallContext['source'],
): readonly string[] | undefined {
  const elements = elementsOf(source('boundaries'));
  return elements?.length === boundaries.length ? elements : undefined;
}

const writtenAs = (elements: readonly string[] | undefined): Trap['fix'] =>
  elements && { parameter: 'boundaries', text: `[${elements.join(', ')}]` };

const countedBoundaries = (count: number): string =>
  count === 1 ? '1 boundary' : `${count} boundaries`;
