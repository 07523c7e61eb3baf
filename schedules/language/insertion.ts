import { modify, parseTree } from 'jsonc-parser';
import type { Span } from '../checking/finding.ts';
import { cosineDecaySchedule } from '../optax/cosine.ts';
import type { OptaxFunction, Parameter } from '../optax/optaxFunction.ts';
import { linearSchedule } from '../optax/polynomial.ts';
import type { ScheduleFunction } from '../optax/scheduleFunction.ts';
import { assumedSteps } from '../reading/python/schedules/assumptions.ts';
import type { Pieces } from './completion.ts';
import { optaxNames } from './optaxNames.ts';
import { statementsUntil } from './pythonStatements.ts';
import { callPieces, isNeeded } from './scheduleCalls.ts';
import type { ScheduleText } from './scheduleText.ts';
import { namesInScope } from './scopeNames.ts';
import { sensibleValues } from './sensibleValues.ts';

/** A definition to put into a text, with blanks to fill in. */
export interface Insertion {
  readonly span: Span;
  readonly text: Pieces;
}

/**
 * A new schedule for a text: in Python an assignment on a line of its own where somebody is, with the
 * names that the text has there; in JSON one more of the list.
 */
export function insertionOf(f: ScheduleFunction, source: ScheduleText, offset: number): Insertion {
  return source.kind === 'json' ? memberOf(f, source) : assignmentOf(f, source, offset);
}

function assignmentOf(
  f: ScheduleFunction,
  { text, read }: ScheduleText,
  offset: number,
): Insertion {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const nextLine = text.indexOf('\n', offset);
  const line = text.slice(lineStart, nextLine < 0 ? text.length : nextLine);
  const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
  const isBlank = line.trim() === '';
  const at = lineStart + (isBlank ? indent : line.trimEnd()).length;
  const opening = isBlank ? '' : `\n${indent}`;

  // The new statement stands after what the line before binds.
  const before = `${text.slice(0, at)}${opening}schedule`;
  const { statements } = statementsUntil(before, before.length);
  const { spelled } = optaxNames(statements);
  const numbers = namesInScope(statements).filter(({ isNumber }) => isNumber);
  const names = numbers.map(({ name }) => name);
  const valuesOf = sensibleValues({ names, given: {}, training: read.training });
  const call = callPieces(spelled(f.name), f, { valuesOf, spelled, schedules: [] });
  const name = freeName(
    'schedule',
    read.definitions.map((one) => one.name),
  );
  return { span: { from: at, to: at }, text: [opening, { blank: name }, ' = ', ...call] };
}

function memberOf(f: ScheduleFunction, { text, read }: ScheduleText): Insertion {
  const valuesOf = sensibleValues({ names: read.names, given: {}, training: read.training });
  const names = read.definitions.map((one) => one.name);
  const member = { name: freeName(f.name, names), ...callOf(f, valuesOf) };
  const fields = parseTree(text)?.children?.map(({ children }) => children ?? []) ?? [];
  const [, list] = fields.find(([key]) => key?.value === 'schedules') ?? [];
  const count = list?.children?.length ?? 0;
  const [edit] = modify(text, ['schedules', count], member, {
    formattingOptions: { tabSize: 2, insertSpaces: true },
    isArrayInsertion: true,
  });
  const { offset = 0, length = 0, content = '' } = edit ?? {};
  return { span: { from: offset, to: offset + length }, text: [content] };
}

type ValuesOf = (parameter: Parameter) => readonly string[];

/** A call as JSON has it, with the arguments that it is of no use without. */
function callOf(f: OptaxFunction, valuesOf: ValuesOf) {
  const args = f.parameters
    .filter(isNeeded)
    .map((parameter) => [parameter.name, jsonArgument(parameter, valuesOf)] as const);
  return { function: f.name, args: Object.fromEntries(args) };
}

/** Half of the steps that are assumed where nothing says how many there are. */
const somewhere = assumedSteps / 2;

function jsonArgument(parameter: Parameter, valuesOf: ValuesOf): unknown {
  switch (parameter.kind) {
    case 'interpolation':
      return 'cosine';
    case 'boundaries':
      return [somewhere];
    case 'boundariesAndScales':
      return { [somewhere]: 0.1 };
    case 'schedules':
      return [callOf(linearSchedule, valuesOf), callOf(cosineDecaySchedule, valuesOf)];
    case 'cycles': {
      const cycle = callOf(parameter.cycle, valuesOf).args;
      return [cycle, cycle];
    }
    default:
      return jsonValue(valuesOf(parameter)[0] ?? '0');
  }
}

/** A number by itself, else the expression in quotes. */
function jsonValue(expression: string): unknown {
  const number = Number(expression);
  return Number.isFinite(number) ? number : expression;
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted}_${n}`;
  return name;
}
