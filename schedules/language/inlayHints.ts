import type { Span } from '../checking/finding.ts';
import { elementsOf, isName, slice } from '../checking/source.ts';
import { findScheduleFunction } from '../optax/catalog.ts';
import type { BoundaryAndScale, Parameter } from '../optax/optaxFunction.ts';
import type { PhasedSchedule } from '../optax/phases.ts';
import { unitOf } from '../optax/roles.ts';
import type { RawArguments } from '../optax/binding.ts';
import type { Reading, ScheduleCall } from '../reading/reading.ts';
import { rateText } from './lenses.ts';

/** Something that is shown within the code, but is none of it. */
export interface Hint {
  /** `name` of an argument before its value, or a `rate` behind what brings it. */
  readonly kind: 'name' | 'rate';
  readonly offset: number;
  readonly label: string;
  /** A sentence or two. */
  readonly tooltip: string;
}

/**
 * The hints of a text's schedule calls, in a stretch of the text. A call that is read several times
 * with other values, as in a loop, has no rates to show.
 */
export function inlayHints(
  text: string,
  { calls }: Pick<Reading, 'calls'>,
  { from, to }: Span,
): readonly Hint[] {
  const hints = new Map<string, Hint | undefined>();
  for (const call of calls) {
    for (const hint of [...nameHints(text, call), ...rateHints(text, call)]) {
      if (hint.offset < from || hint.offset > to) continue;
      const key = `${hint.kind} ${hint.offset}`;
      const isOther = hints.has(key) && hints.get(key)?.label !== hint.label;
      hints.set(key, isOther ? undefined : hint);
    }
  }
  return [...hints.values()].filter((hint) => hint !== undefined);
}

function* nameHints(text: string, call: ScheduleCall): Iterable<Hint> {
  const parameters = findScheduleFunction(call.function)?.parameters ?? [];
  // What the only argument of a function is, its name says.
  if (parameters.length < 2) return;
  for (const parameter of parameters) {
    const span = call.argumentSpans[parameter.name];
    if (!span || saysName(text, span, parameter.name)) continue;
    const tooltip = parameterText(parameter);
    yield { kind: 'name', offset: span.from, label: `${parameter.name}:`, tooltip };
  }
}

/** How far before an argument its name may stand: white space and parentheses are between. */
const longestGap = 200;

/** Whether an argument is given by its name, or what is given has that name itself. */
function saysName(text: string, span: Span, name: string): boolean {
  const written = slice(text, span);
  if (isName(written) && written.split('.').at(-1) === name) return true;
  const before = text.slice(Math.max(0, span.from - longestGap), span.from);
  return new RegExp(String.raw`\b${name}"?\s*[=:][\s(\\]*$`).test(before);
}

function parameterText(parameter: Parameter): string {
  const unit = unitOf(parameter);
  return unit === null ? parameter.summary : `${parameter.summary} Unit: ${unit}.`;
}

function* rateHints(text: string, call: ScheduleCall): Iterable<Hint> {
  const { schedule } = call;
  if (!schedule) return;
  for (const { offset, step } of phaseEnds(text, call)) {
    if (!endsPhase(schedule, step)) continue;
    const rate = rateText(schedule.schedule(step));
    const assumed = call.assumptions.map(({ name }) => name);
    const rest = assumed.length > 0 ? ` It rests on what is assumed: ${assumed.join(', ')}.` : '';
    const tooltip = `The rate at step ${step} is ${rate}.${rest}`;
    yield { kind: 'rate', offset, label: `→ ${rate}`, tooltip };
  }
}

interface PhaseEnd {
  /** Behind what is written for it. */
  readonly offset: number;
  readonly step: number;
}

/** Where the text writes at which steps the phases of a call end. */
function* phaseEnds(text: string, call: ScheduleCall): Iterable<PhaseEnd> {
  const parameters = findScheduleFunction(call.function)?.parameters ?? [];
  const byRole = argumentsByRole(parameters, call.arguments);
  for (const { name, role } of parameters) {
    const span = call.argumentSpans[name];
    if (!span) continue;
    const value = call.arguments[name];
    if (typeof value === 'number') {
      const step = endOfRole(role, value, byRole);
      if (step !== undefined) yield { offset: span.to, step: Math.ceil(step) };
    } else if (Array.isArray(value)) {
      yield* boundaryEnds(text, span, role, value);
    }
  }
}

type NumbersByRole = Readonly<Partial<Record<Parameter['role'], number>>>;

function argumentsByRole(parameters: readonly Parameter[], raw: RawArguments): NumbersByRole {
  return Object.fromEntries(
    parameters.flatMap(({ name, role, default: standard }) => {
      const value = raw[name] ?? standard;
      return typeof value === 'number' ? [[role, value]] : [];
    }),
  );
}

/** The step at which what an argument measures is over. */
function endOfRole(
  role: Parameter['role'],
  value: number,
  { 'warm-up steps': warmup = 0, 'delay steps': delay = 0, 'total steps': total }: NumbersByRole,
): number | undefined {
  switch (role) {
    case 'warm-up steps':
    case 'total steps':
      return value;
    case 'delay steps':
      return warmup + value;
    case 'decay steps':
    case 'decay period':
      return warmup + Math.max(0, delay) + value;
    case 'peak position':
    case 'decay end position':
      return total === undefined ? undefined : Math.trunc(value * total);
    default:
      return undefined;
  }
}

/** The elements of a list of boundaries, or of a dict of boundaries and scales, if they are plain. */
function* boundaryEnds(
  text: string,
  span: Span,
  role: Parameter['role'],
  values: readonly unknown[],
): Iterable<PhaseEnd> {
  if (role !== 'boundaries' && role !== 'boundaries and scales') return;
  const elements = elementsOf(slice(text, span));
  if (elements?.length !== values.length) return;
  let offset = span.from + 1;
  for (const [i, element] of elements.entries()) {
    offset = text.indexOf(element, offset) + element.length;
    const step = stepOf(values[i]);
    if (step !== undefined) yield { offset, step: Math.ceil(step) };
  }
}

function stepOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return isBoundaryAndScale(value) ? value.step : undefined;
}

const isBoundaryAndScale = (value: unknown): value is BoundaryAndScale =>
  typeof value === 'object' && value !== null && 'step' in value;

/** Whether a phase ends at a step, or the first period of an endless decay. */
function endsPhase({ phases }: PhasedSchedule, step: number): boolean {
  return phases.some(({ from, to, period }) => {
    const end = period === undefined ? to : from + Math.ceil(period);
    return end === step && step > 0;
  });
}
