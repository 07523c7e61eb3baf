import { counted, figure } from '../checking/figures.ts';
import { findScheduleFunction } from '../optax/catalog.ts';
import type { OptaxFunction, Parameter } from '../optax/optaxFunction.ts';
import type { PhasedSchedule } from '../optax/phases.ts';
import { unitOf } from '../optax/roles.ts';
import type { ScheduleCall } from '../reading/reading.ts';
import { rateText } from './lenses.ts';
import { code, plain } from './markdown.ts';
import { trainingOf, type ScheduleText } from './scheduleText.ts';
import { isBoundaryAndScale, spelled } from './spelled.ts';

/** An argument of a call with the value that it has there, in a line. */
export function argumentHeading(call: ScheduleCall, parameter: Parameter): string {
  const value = code(`${parameter.name} = ${valueText(call, parameter)}`);
  const facts = [`**${value}**`, unitOf(parameter), defaultText(parameter)];
  return facts.filter((fact) => fact !== null).join(' · ');
}

/** What an argument of a call means and has to be. */
export function argumentText({ function: name }: ScheduleCall, parameter: Parameter): string {
  const { summary, since } = parameter;
  const f = findScheduleFunction(name);
  const sentences = [summary, ...(f ? rules(f, parameter) : [])];
  return plain([...sentences, ...(since === undefined ? [] : [`Since Optax ${since}.`])].join(' '));
}

/** The value of an argument as Python; of schedules and cycles how many there are. */
export function valueText({ arguments: raw }: ScheduleCall, { name, kind }: Parameter): string {
  const value = raw[name];
  if (Array.isArray(value) && kind === 'schedules') return counted(value.length, 'schedule');
  if (Array.isArray(value) && kind === 'cycles') return counted(value.length, 'cycle');
  return spelled(value);
}

const defaultText = ({ default: value }: Parameter): string =>
  value === undefined ? 'required' : `default ${code(spelled(value))}`;

export function rules(f: OptaxFunction, { name }: Parameter): readonly string[] {
  return f.rules
    .filter(({ parameter }) => parameter === name)
    .map(({ requirement, raises }) => `It must ${requirement}, or Optax raises ${raises}.`);
}

export interface BoundaryText {
  readonly step: number;
  readonly heading: string;
  readonly text: string;
}

/** What happens at one boundary of a schedule; undefined where its step is not known. */
export function boundaryText(
  source: ScheduleText,
  call: ScheduleCall,
  { schedule }: PhasedSchedule,
  { name, index }: { readonly name: string; readonly index: number },
): BoundaryText | undefined {
  const given = call.arguments[name];
  const element: unknown = Array.isArray(given) ? given[index] : undefined;
  const step = isBoundaryAndScale(element) ? element.step : element;
  if (typeof step !== 'number') return undefined;
  const first = Math.max(0, Math.ceil(step));
  const [before, after] = [first - 1, first].map((at) => rateText(schedule(at)));
  const scale = isBoundaryAndScale(element) ? ` · factor ${code(spelled(element.scale))}` : '';
  const rates =
    first === 0
      ? `From the first step on ${after ?? ''}.`
      : `${before ?? ''} at step ${figure(first - 1)}, ${after ?? ''} at step ${figure(first)}.`;
  return {
    step: first,
    heading: `**boundary at step ${figure(step)}**${scale}`,
    text: `${rates}${epochText(source, first)}`,
  };
}

function epochText(source: ScheduleText, step: number): string {
  const training = trainingOf(source);
  if (!training) return '';
  const epochs = step / training.stepsPerEpoch;
  if (epochs >= training.epochs) return ' It lies beyond the training.';
  return ` It lies in epoch ${Math.floor(epochs) + 1} of ${training.epochs}.`;
}
