import { figure } from '../checking/figures.ts';
import type { OptaxFunction, Parameter } from '../optax/optaxFunction.ts';
import { unitOf } from '../optax/roles.ts';
import type { Reading, ScheduleCall } from '../reading/reading.ts';
import { rules } from './argumentText.ts';
import { activeParameter, enclosingCall, type EnclosingCall } from './enclosingCall.ts';
import { paragraphs } from './markdown.ts';
import { optaxNames } from './optaxNames.ts';
import { statementsUntil } from './pythonStatements.ts';

/** The arguments of a schedule function, for somebody who writes its call. */
export interface Signature {
  /** As Python writes it, with defaults. */
  readonly label: string;
  readonly summary: string;
  readonly parameters: readonly SignatureParameter[];
  /** Index of the parameter that is being written; absent where no parameter is. */
  readonly active?: number;
}

export interface SignatureParameter {
  /** Where it stands in the label. */
  readonly from: number;
  readonly to: number;
  /** Markdown: what it means, its unit, its default, what it must be, and what it is now. */
  readonly documentation: string;
}

/** The signature of the schedule function whose call is around an offset of a Python text. */
export function signatureAt(text: string, reading: Reading, offset: number): Signature | undefined {
  const { statements, isInText } = statementsUntil(text, offset);
  const { tokens } = statements.at(-1) ?? { tokens: [] };
  const call = isInText ? undefined : enclosingCall(tokens, offset, optaxNames(statements));
  if (call?.kind !== 'schedule') return undefined;
  const { function: f } = call;
  const parameter = activeParameter(call);
  const active = parameter === undefined ? -1 : f.parameters.indexOf(parameter);
  const present = presentCall(reading, call);
  let label = `${f.name}(`;
  const parameters = f.parameters.map((one, i): SignatureParameter => {
    const from = label.length + (i === 0 ? 0 : 2);
    label += `${i === 0 ? '' : ', '}${written(one)}`;
    return { from, to: label.length, documentation: documentationOf(f, one, present) };
  });
  const since = f.since === undefined ? '' : ` Since Optax ${f.since}.`;
  return {
    label: `${label})`,
    summary: `${f.summary}${since}`,
    parameters,
    ...(active >= 0 && { active }),
  };
}

/** `decay_steps`, `alpha=0.0` */
function written({ name, default: standard, kind }: Parameter): string {
  if (standard === undefined) return name;
  return `${name}=${spelled(standard, kind)}`;
}

/** As Optax's own signature has it. */
function spelled(value: number | boolean | null, kind: Parameter['kind']): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  const text = figure(value);
  return kind === 'number' && Number.isInteger(value) && /^\d+$/.test(text) ? `${text}.0` : text;
}

function documentationOf(
  f: OptaxFunction,
  parameter: Parameter,
  present: ScheduleCall | undefined,
): string {
  const { name, summary, since, default: standard, kind } = parameter;
  const unit = unitOf(parameter);
  const facts = [
    ...(unit === null ? [] : [`Unit: ${unit}.`]),
    ...(standard === undefined ? [] : [`Default: \`${spelled(standard, kind)}\`.`]),
    ...(since === undefined ? [] : [`Since Optax ${since}.`]),
  ];
  const value = present?.arguments[name];
  return paragraphs(
    summary,
    facts.join(' '),
    ...rules(f, parameter),
    typeof value === 'number' ? `Here: \`${figure(value)}\`${assumed(present, name)}.` : '',
  );
}

/** Whether a value is not the writer's own but assumed. */
function assumed(present: ScheduleCall | undefined, name: string): string {
  const isAssumed = present?.assumptions.some((assumption) => assumption.name === name);
  return isAssumed === true ? ' (assumed)' : '';
}

/** The call as it is read at present, with the values of its arguments. */
function presentCall({ calls }: Reading, { function: f, span }: EnclosingCall) {
  return calls.find((call) => call.function === f.name && call.span.from === span.from);
}
