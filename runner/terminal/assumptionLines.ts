import type { Assumption } from '../../schedules/reading/reading.ts';
import { lineText } from '../comparison/figures.ts';
import { chosenOf } from './chosenSchedules.ts';
import type { ReadFile } from './files.ts';
import { settingOf } from './usage.ts';

/** A line for each schedule that is trained under and rests on what nothing in its code gives. */
export function assumptionLines(
  read: readonly ReadFile[],
  only: string | undefined,
): readonly string[] {
  const known = new Set(read.flatMap(({ reading }) => reading.names));
  return chosenOf(read, only).flatMap(({ name, assumptions }) => {
    const assumed = [...new Map(assumptions.map((one) => [one.name, one])).values()];
    return assumed.length === 0 ? [] : [assumptionLine(name, assumed, known)];
  });
}

function assumptionLine(
  schedule: string,
  assumed: readonly Assumption[],
  known: ReadonlySet<string>,
): string {
  const values = assumed.map(({ name, value }) => `${name} = ${String(value)}`).join(', ');
  const settings = assumed.flatMap(({ name }) => {
    const setting = `${name}=VALUE`;
    // Some stand for what no name does, such as the result of a call.
    const canBeSet = known.has(name) && settingOf(setting)?.name === name;
    return canBeSet ? [`--set ${quoted(setting)}`] : [];
  });
  const advice = settings.length > 0 ? `set it with ${settings.join(' ')}` : 'give it in the code';
  return lineText(
    `The rates of '${schedule}' are assumed: ${values}, which nothing in the code gives; ${advice}.`,
  );
}

/** What a shell would take apart, in quotes. */
const quoted = (text: string): string => (/^[\w.=]+$/.test(text) ? text : `'${text}'`);
