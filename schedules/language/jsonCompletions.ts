import {
  findNodeAtLocation,
  findNodeAtOffset,
  getLocation,
  parseTree,
  type Node,
} from 'jsonc-parser';
import { findScheduleFunction } from '../optax/catalog.ts';
import type { OptaxFunction, Parameter } from '../optax/optaxFunction.ts';
import type { Reading } from '../reading/reading.ts';
import type { Completion } from './completion.ts';
import { isNeeded } from './scheduleCalls.ts';
import { sensibleValues } from './sensibleValues.ts';

/**
 * Expressions with the file's own names, in quotes, for the argument of a schedule at an offset of a
 * `*.schedules.json`. All else is offered by its schema.
 */
export function jsonCompletions(
  text: string,
  reading: Reading,
  offset: number,
): readonly Completion[] {
  const { path, isAtPropertyKey } = getLocation(text, offset);
  const args = path.lastIndexOf('args');
  const root = parseTree(text);
  if (isAtPropertyKey || args < 1 || !root) return [];
  const schedule = findNodeAtLocation(root, path.slice(0, args));
  const f = findScheduleFunction(stringAt(schedule, ['function']) ?? '');
  const parameter = f && parameterAt(f, path.slice(args + 1));
  if (!schedule || !parameter) return [];

  const written = findNodeAtLocation(schedule, ['args']);
  const given = writtenArguments(text, written, path[args + 1]);
  const valuesOf = sensibleValues({
    names: reading.names.toReversed(),
    given,
    training: reading.training,
  });
  const rest = f.parameters
    .filter((other) => other.name !== path[args + 1] && isNeeded(other) && !(other.name in given))
    .filter(({ kind }) => kind === 'number' || kind === 'steps')
    .map((other) => `, "${other.name}": ${inJson(valuesOf(other)[0] ?? '0')}`);
  const literal = findNodeAtOffset(root, offset, true);
  const isLiteral = literal?.type === 'string' || literal?.type === 'number';
  const span = isLiteral
    ? { from: literal.offset, to: literal.offset + literal.length }
    : { from: offset, to: offset };
  const trial = {
    callAt: schedule.offset,
    rest: path.length === args + 2 ? rest.join('') : '',
    closing: '',
    closingAt: Math.max(offset, span.to),
  };
  return valuesOf(parameter)
    .filter((value) => /[A-Za-z_]/.test(value) && !isNumber(value))
    .map((value) => ({
      kind: 'value',
      label: JSON.stringify(value),
      parameter,
      span,
      text: [JSON.stringify(value)],
      trial,
    }));
}

/** The parameter whose value a path within "args" leads to; of lists and cycles, that of an element. */
function parameterAt(
  f: OptaxFunction,
  [name, index, key]: readonly (string | number)[],
): Parameter | undefined {
  const parameter = f.parameters.find((one) => one.name === name);
  switch (parameter?.kind) {
    case 'number':
    case 'steps':
      return index === undefined ? parameter : undefined;
    case 'boundaries':
      return typeof index === 'number' ? { ...parameter, kind: 'steps' } : undefined;
    case 'cycles':
      return parameter.cycle.parameters.find((one) => one.name === key);
    default:
      return undefined;
  }
}

function stringAt(node: Node | undefined, path: readonly string[]): string | undefined {
  const value: unknown = node && findNodeAtLocation(node, [...path])?.value;
  return typeof value === 'string' ? value : undefined;
}

/** What "args" has besides the argument that is written, as Python expressions. */
function writtenArguments(
  text: string,
  args: Node | undefined,
  except: string | number | undefined,
): Readonly<Record<string, string>> {
  const members = args?.children?.flatMap(({ children: [key, value] = [] }) => {
    const name = String(key?.value);
    if (!value || name === except) return [];
    const source = text.slice(value.offset, value.offset + value.length);
    return [[name, value.type === 'string' ? String(value.value) : source] as const];
  });
  return Object.fromEntries(members ?? []);
}

const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value));

/** A Python expression as JSON holds it. */
const inJson = (value: string): string => (isNumber(value) ? value : JSON.stringify(value));
