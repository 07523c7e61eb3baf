import { findScheduleFunction } from '../optax/catalog.ts';
import type { PhasedSchedule } from '../optax/phases.ts';
import type { Definition, ScheduleCall } from '../reading/reading.ts';
import { isBoundaryAndScale } from './spelled.ts';

/** What copies of schedules are made from. */
export interface Copied {
  readonly text: string;
  readonly definitions: readonly Definition[];
  /** Every call of the reading, in which parts of schedules are found. */
  readonly calls: readonly ScheduleCall[];
  /** As many rates as are copied of each. */
  readonly steps: number;
}

/**
 * Schedules as Optax code that stands by itself: every argument is the number that it came to.
 * Schedules written by hand are copied as they are.
 */
export function asOptaxCode(copied: Copied): string {
  const lines = copied.definitions.map((definition) =>
    isMadeByCalls(copied, definition.schedule)
      ? `${variableName(definition.name)} = ${pythonOf(copied, definition.schedule)}`
      : sourceOf(copied, definition),
  );
  return `import optax\n\n${lines.join('\n')}\n`;
}

/** Schedules as the list of a `*.schedules.json`; those written by hand have no such form. */
export function asSchedulesJson(copied: Copied): string {
  const schedules = copied.definitions.flatMap(({ name, schedule }) => {
    const form = jsonForm(copied, schedule);
    return form ? [{ name, ...form }] : [];
  });
  return `${JSON.stringify({ schedules }, null, 2)}\n`;
}

/** A schedule as a `*.schedules.json` has it, without its name. */
export interface ScheduleForm {
  readonly function: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The form of a schedule that calls of a reading make; undefined of one that is written by hand. */
export function jsonForm(made: Made, schedule: PhasedSchedule | null): ScheduleForm | undefined {
  return isMadeByCalls(made, schedule) ? formOf(made, schedule) : undefined;
}

/** More rows than a spreadsheet takes. */
const mostRows = 1_000_000;

/** The rate of every step, a column for each schedule. */
export function asCsv({ definitions, steps }: Pick<Copied, 'definitions' | 'steps'>): string {
  const drawn = definitions.flatMap(({ name, schedule }) => (schedule ? [{ name, schedule }] : []));
  const header = ['step', ...drawn.map(({ name }) => quoted(name))].join(',');
  const rows = Array.from({ length: Math.min(steps, mostRows) }, (_, step) =>
    [step, ...drawn.map(({ schedule }) => schedule.schedule(step))].join(','),
  );
  return `${[header, ...rows].join('\n')}\n`;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type Made = Pick<Copied, 'calls'>;

function callMaking({ calls }: Made, schedule: PhasedSchedule | null): ScheduleCall | undefined {
  return schedule ? calls.find((call) => call.schedule === schedule) : undefined;
}

/** Whether calls of Optax make a schedule and all its parts, and none is written by hand. */
function isMadeByCalls(copied: Made, value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => isMadeByCalls(copied, item));
  if (!isSchedule(value)) return value !== null;
  const call = callMaking(copied, value);
  return (
    call !== undefined &&
    Object.values(call.arguments).every((one) => one === null || isMadeByCalls(copied, one))
  );
}

/** The arguments of a call in Optax's order. */
function inOrder({
  function: name,
  arguments: given,
}: ScheduleCall): readonly (readonly [string, unknown])[] {
  const order = findScheduleFunction(name)?.parameters.map((parameter) => parameter.name) ?? [];
  return Object.entries(given).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

function sourceOf({ text }: Copied, { span }: Definition): string {
  return text.slice(span.from, span.to);
}

/** A name that Python takes: `a["b"]` becomes `a_b`. */
function variableName(name: string): string {
  const plain = name.replace(/\W+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z_]/.test(plain) ? plain : `schedule_${plain}`;
}

function pythonOf(copied: Copied, value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length > 0 && items.every(isBoundaryAndScale)) {
      return `{${items.map(({ step, scale }) => `${step}: ${numberText(scale)}`).join(', ')}}`;
    }
    return `[${items.map((item) => pythonOf(copied, item)).join(', ')}]`;
  }
  const call = isSchedule(value) ? callMaking(copied, value) : undefined;
  if (call) {
    const written = inOrder(call).map(
      ([name, argument]) => `${name}=${pythonOf(copied, argument)}`,
    );
    return `optax.${call.function}(${written.join(', ')})`;
  }
  const entries = Object.entries(value as object).map(
    ([key, entry]) => `'${key}': ${pythonOf(copied, entry)}`,
  );
  return `{${entries.join(', ')}}`;
}

function formOf(made: Made, schedule: PhasedSchedule | null): ScheduleForm | undefined {
  const call = callMaking(made, schedule);
  if (!call) return undefined;
  const args = inOrder(call).map(([name, argument]) => [name, jsonValue(made, argument)] as const);
  return { function: call.function, args: Object.fromEntries(args) };
}

function jsonValue(made: Made, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length > 0 && items.every(isBoundaryAndScale)) {
      return Object.fromEntries(items.map(({ step, scale }) => [String(step), scale]));
    }
    return items.map((item) => jsonValue(made, item));
  }
  if (isSchedule(value)) return formOf(made, value);
  // JSON has no infinities; the form takes Python expressions in quotes.
  if (typeof value === 'number' && !Number.isFinite(value)) return `float("${numberText(value)}")`;
  return value;
}

const numberText = (value: number): string =>
  String(Number(value.toPrecision(9)))
    .replace('NaN', 'nan')
    .replace('Infinity', 'inf');

function isSchedule(value: unknown): value is PhasedSchedule {
  return typeof value === 'object' && value !== null && 'schedule' in value && 'phases' in value;
}
