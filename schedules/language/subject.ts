import type { Span } from '../checking/finding.ts';
import { findScheduleFunction, scheduleFunctions } from '../optax/catalog.ts';
import { optimizers } from '../optax/optimizers.ts';
import type { OptaxFunction, Parameter } from '../optax/optaxFunction.ts';
import type { Definition, Reading, ScheduleCall, Use } from '../reading/reading.ts';
import { elementsIn } from './elements.ts';
import { enclosingCall } from './enclosingCall.ts';
import { optaxNames } from './optaxNames.ts';
import { statementsUntil } from './pythonStatements.ts';
import { functionOfName, writtenAt, type Written } from './pythonNames.ts';
import type { ScheduleText } from './scheduleText.ts';

/** What stands at a place of a text; `span` is what is written for it. */
export type Subject =
  | {
      readonly kind: 'schedule';
      readonly span: Span;
      readonly schedule: NamedSchedule;
      /** Whether it is the name of the function that makes the schedule. */
      readonly isFunctionName: boolean;
    }
  | {
      readonly kind: 'argument';
      readonly span: Span;
      readonly call: ScheduleCall;
      readonly parameter: Parameter;
    }
  | {
      readonly kind: 'boundary';
      readonly span: Span;
      readonly call: ScheduleCall;
      readonly parameter: Parameter;
      /** Which one of the argument's elements. */
      readonly index: number;
    }
  | { readonly kind: 'rate' | 'optimizer'; readonly span: Span; readonly use: Use }
  /** A function of Optax that is not called, or not with anything that could be read. */
  | { readonly kind: 'function'; readonly span: Span; readonly function: OptaxFunction };

export type SubjectOf<Kind extends Subject['kind']> = Subject & { readonly kind: Kind };

/** A definition, or a call that none is made of: a part of another one, or a local of a function. */
export type NamedSchedule = Pick<Definition, 'function' | 'schedule' | 'assumptions' | 'span'> & {
  readonly name?: string;
};

/** What stands at an offset, the most particular first; undefined where it is no schedule's. */
export function subjectAt(source: ScheduleText, offset: number): Subject | undefined {
  const { kind, text, read } = source;
  const written = kind === 'json' ? undefined : writtenAt(text, offset);
  if (written?.isComment) return undefined;
  const around = smallest(candidates(source, read.calls, offset));
  const named = written && nameSubject(source, written);
  if (named)
    return around?.kind === 'rate' && isWhole(text, around.span, named.span) ? around : named;
  if (around) return around;
  return written && unreachedSubject(source, written, offset);
}

/** Whether a learning rate is given by a name alone. */
function isWhole(text: string, around: Span, name: Span): boolean {
  return around.to === name.to && /^(?:\w+\s*=\s*)?[\w.]+$/.test(text.slice(around.from, name.to));
}

/** Of subjects that lie one in the other the innermost; of equal ones the first. */
function smallest(subjects: Iterable<Subject>): Subject | undefined {
  const size = ({ span }: Subject): number => span.to - span.from;
  let found: Subject | undefined;
  for (const subject of subjects) if (!found || size(subject) < size(found)) found = subject;
  return found;
}

const holds = ({ from, to }: Span, offset: number): boolean => from <= offset && offset <= to;

function* candidates(
  { text, read }: ScheduleText,
  calls: readonly ScheduleCall[],
  offset: number,
): Iterable<Subject> {
  for (const call of calls) {
    yield* argumentCandidates(text, call, offset);
    if (!holds(call.span, offset)) continue;
    const name = functionNameIn(text, call.span, call.function);
    const isFunctionName = name !== undefined && holds(name, offset);
    const span = isFunctionName ? name : call.span;
    yield { kind: 'schedule', span, schedule: definitionOf(call, read) ?? call, isFunctionName };
  }
  for (const use of read.uses) {
    const name = functionNameIn(text, use.span, use.optimizer);
    if (name && holds(name, offset)) yield { kind: 'optimizer', span: name, use };
    if (!use.rateSpan) continue;
    const span = withName(text, use.rateSpan, 'learning_rate');
    if (holds(span, offset)) yield { kind: 'rate', span, use };
  }
}

function* argumentCandidates(text: string, call: ScheduleCall, offset: number): Iterable<Subject> {
  for (const parameter of findScheduleFunction(call.function)?.parameters ?? []) {
    const { name } = parameter;
    const value = call.argumentSpans[name];
    if (!value || offset < value.from - longestName || offset > value.to) continue;
    const span = withName(text, value, name);
    if (!holds(span, offset)) continue;
    yield { kind: 'argument', span, call, parameter };
    const given = call.arguments[name];
    const elements = isOfBoundaries(parameter) ? elementsIn(text, value, offset) : undefined;
    const element = elements?.spans[elements.active];
    if (element && Array.isArray(given) && elements.spans.length === given.length)
      yield { kind: 'boundary', span: element, call, parameter, index: elements.active };
  }
}

const isOfBoundaries = ({ kind }: Parameter): boolean =>
  kind === 'boundaries' || kind === 'boundariesAndScales';

/** How far before an argument's value its name may begin. */
const longestName = 100;

/** An argument with the name that it is given by: `alpha=0.1`, `"alpha": 0.1`. */
function withName(text: string, value: Span, name: string): Span {
  const before = text.slice(Math.max(0, value.from - longestName), value.from);
  const [written] =
    new RegExp(String.raw`(?:"${name}"\s*:|\b${name}\s*=)[\s(\\]*$`).exec(before) ?? [];
  return { from: value.from - (written?.length ?? 0), to: value.to };
}

/** Where a call names its function, if it does: of a partial's call, nothing does. */
function functionNameIn(text: string, { from, to }: Span, name: string): Span | undefined {
  const found = new RegExp(String.raw`\b${name}\b`).exec(text.slice(from, to));
  return found ? { from: from + found.index, to: from + found.index + name.length } : undefined;
}

/** The definition that a call is; of several of one call, as in a loop, each has its own. */
export function definitionOf(
  call: ScheduleCall,
  { definitions }: Pick<Reading, 'definitions'>,
): Definition | undefined {
  const atPlace = definitions.filter(
    ({ span }) => span.from === call.span.from && span.to === call.span.to,
  );
  return atPlace.find(({ schedule }) => schedule === call.schedule) ?? atPlace[0];
}

/** What the name at a place stands for: what is assigned to it there, a definition, a use. */
function nameSubject(
  { text, read }: ScheduleText,
  { name, assignedFrom }: Written,
): Subject | undefined {
  if (!name) return undefined;
  const { path, span } = name;
  const assigned = read.calls.find((call) => call.span.from === assignedFrom);
  const defined = assigned ? undefined : nearest(read.definitions, path, text, span.from);
  const made = assigned ?? (defined ? undefined : localCall(read.calls, path, text, span.from));
  const schedule = made ? (definitionOf(made, read) ?? { ...made, name: path }) : defined;
  if (schedule) return { kind: 'schedule', span, schedule, isFunctionName: false };
  const use = nearest(read.uses, path, text, span.from);
  return use && { kind: 'optimizer', span, use };
}

/** The last call before a place that a function assigns to its local of a name: it is not listed so. */
function localCall(
  calls: readonly ScheduleCall[],
  name: string,
  text: string,
  offset: number,
): ScheduleCall | undefined {
  const home = functionOfName(text, name, offset);
  if (home === undefined) return undefined;
  return calls.findLast(({ span: { from } }) => {
    const target = /(\w+)[ \t]*(?::[^=\n]*)?=[ \t(]*$/.exec(text.slice(home, from))?.[1];
    return home < from && from < offset && target === name;
  });
}

/**
 * Of those that a name at a place can stand for the last one before it, else the first one after it:
 * a parameter or a local of a function is not what the module calls so.
 */
function nearest<Named extends Pick<Definition, 'name' | 'span'>>(
  all: readonly Named[],
  path: string,
  text: string,
  offset: number,
): Named | undefined {
  const own = path.replace(/^(?:self|cls)\./, '');
  const [root = path] = /^\w+/.exec(path) ?? [];
  const homeAt = (place: number): number | undefined =>
    own === path ? functionOfName(text, root, place) : undefined;
  const alike = all.filter(({ name }) => {
    const plain = name.replace(/#\d+$/, '');
    return plain === path || plain === own;
  });
  if (alike.length === 0) return undefined;
  const home = homeAt(offset);
  const called = alike.filter(({ span }) => homeAt(span.from) === home);
  return called.findLast(({ span }) => span.from < offset) ?? called[0];
}

const functionName = new RegExp(
  String.raw`\b(?:${[...scheduleFunctions, ...optimizers].map(({ name }) => name).join('|')})\b`,
);

/** What the program does not come to: a call that is looked for now, or a function's name alone. */
function unreachedSubject(
  source: ScheduleText,
  { statementFrom, name }: Written,
  offset: number,
): Subject | undefined {
  const { text, read } = source;
  const statement = text.slice(statementFrom, name?.span.to ?? offset);
  if (!functionName.test(statement)) return undefined;
  const { statements } = statementsUntil(text, offset);
  const names = optaxNames(statements);
  const found = name && names.find(name.path);
  const f = found?.kind === 'module' ? undefined : found;
  const call = enclosingCall(statements.at(-1)?.tokens ?? [], offset, names);
  const isSchedule = f?.kind === 'schedule' || call?.kind === 'schedule';
  const unreached = isSchedule ? read.unreachedCalls?.() : undefined;
  const subject = smallest(candidates(source, unreached ?? [], offset));
  return subject ?? (name && f && { kind: 'function', span: name.span, function: f.function });
}
