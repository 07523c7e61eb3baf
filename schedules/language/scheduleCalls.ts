import { cosineDecaySchedule } from '../optax/cosine.ts';
import type { OptaxFunction, Parameter } from '../optax/optaxFunction.ts';
import { linearSchedule } from '../optax/polynomial.ts';
import type { Role } from '../optax/roles.ts';
import type { Pieces } from './completion.ts';
import { difference } from './sensibleValues.ts';

/** What a call is made of. */
export interface CallParts {
  /** Expressions for an argument, the best one first. */
  readonly valuesOf: (parameter: Parameter) => readonly string[];
  /** How the text names a function of Optax. */
  readonly spelled: (functionName: string) => string;
  /** The names of schedules that the text has, the latest first. */
  readonly schedules: readonly string[];
}

/** A whole call of a function, with a blank for each argument that it is of no use without. */
export function callPieces(callee: string, f: OptaxFunction, parts: CallParts): Pieces {
  const args = f.parameters.filter(isNeeded).flatMap((parameter, i) => {
    const name = `${i === 0 ? '' : ', '}${parameter.name}=`;
    return [name, { blank: bestValue(parameter, parts) }];
  });
  return [`${callee}(`, ...args, ')'];
}

/** Whether a call is of no use without an argument. */
export const isNeeded = ({ default: standard, kind }: Parameter): boolean =>
  standard === undefined || kind === 'boundariesAndScales';

/** The expression to begin with for an argument. */
export function bestValue(parameter: Parameter, parts: CallParts): string {
  if (parameter.kind === 'schedules') return schedulesToJoin(parts);
  return parts.valuesOf(parameter)[0] ?? 'None';
}

/** The last two schedules of the text, or a warm-up and a decay where it has none. */
function schedulesToJoin({ schedules, spelled, valuesOf }: CallParts): string {
  const [second, first] = schedules;
  if (first !== undefined && second !== undefined) return `[${first}, ${second}]`;
  const best = (role: Role): string =>
    valuesOf({ name: '', kind: 'number', role, summary: '' })[0] ?? '';
  const [peak, warmup, total] = [best('peak rate'), best('warm-up steps'), best('total steps')];
  const rise = `init_value=0.0, end_value=${peak}, transition_steps=${warmup}`;
  const decay = `init_value=${peak}, decay_steps=${difference(total, warmup)}`;
  return `[${spelled(linearSchedule.name)}(${rise}), ${spelled(cosineDecaySchedule.name)}(${decay})]`;
}
