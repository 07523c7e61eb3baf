import { figure } from '../checking/figures.ts';
import type { BoundaryAndScale } from '../optax/optaxFunction.ts';

/** More elements than this are not read in a line. */
const mostElements = 8;

/** The value of an argument as Python; of schedules their number. */
export function spelled(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'number') return figure(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (!Array.isArray(value)) return '...';
  const elements = value.slice(0, mostElements).map((element: unknown) => {
    return isBoundaryAndScale(element)
      ? `${figure(element.step)}: ${spelled(element.scale)}`
      : spelled(element);
  });
  const rest = value.length > mostElements ? ['...'] : [];
  const [open, close] = value.some(isBoundaryAndScale) ? ['{', '}'] : ['[', ']'];
  return `${open}${[...elements, ...rest].join(', ')}${close}`;
}

export function isBoundaryAndScale(value: unknown): value is BoundaryAndScale {
  return typeof value === 'object' && value !== null && 'step' in value && 'scale' in value;
}
