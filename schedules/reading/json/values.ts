import type { Node } from 'jsonc-parser';
import { bindArguments, type Problem, type RawArguments } from '../../optax/binding.ts';
import { findScheduleFunction, unknownFunctionMessage } from '../../optax/catalog.ts';
import type { Arguments, OptaxFunction, Parameter } from '../../optax/optaxFunction.ts';
import type { PhasedSchedule } from '../../optax/phases.ts';
import type { Fix } from '../../checking/finding.ts';
import type { ScheduleCall } from '../reading.ts';
import { membersOf, spanOf, type Findings, type Member } from './document.ts';
import type { Names } from './names.ts';

/** What the values of a file are read with. */
export interface Context {
  readonly names: Names;
  readonly findings: Findings;
  /** Every call that is read is added. */
  readonly calls: ScheduleCall[];
}

/** Raised where a value could not be read and a finding says why. */
const unreadable = Symbol('unreadable');

/** What `{"name": ..., "function": ..., "args": {...}}` says. */
export interface ReadSchedule {
  /** Undefined where the schedule has none of its own. */
  readonly name: string | undefined;
  readonly function: string;
  /** Null, with findings, where there is none. */
  readonly schedule: PhasedSchedule | null;
}

/** Reads a schedule, of the list or within another one; undefined, with a finding, if it is none. */
export function readSchedule(node: Node, context: Context): ReadSchedule | undefined {
  const { findings } = context;
  if (node.type !== 'object') {
    findings.add('wrong-type', node, 'must be {"name": ..., "function": ..., "args": {...}}.');
    return undefined;
  }
  const members = membersOf(node, findings);
  const field = (name: string) => members.find(({ key }) => key === name)?.value;
  for (const { key, keyNode } of members) {
    if (['name', 'function', 'args'].includes(key)) continue;
    const message = `a schedule has no "${key}"; its arguments stand in "args".`;
    findings.add('unknown-field', keyNode, message);
  }
  const nameNode = field('name');
  const isNamed = nameNode?.type === 'string' && nameNode.value !== '';
  if (nameNode && !isNamed) findings.add('wrong-type', nameNode, 'a name is text in quotes.');
  const name = isNamed ? String(nameNode.value) : undefined;

  const functionNode = field('function');
  if (functionNode?.type !== 'string') {
    findings.add('missing-field', functionNode ?? node, 'needs "function", a schedule of Optax.');
    return { name, function: '', schedule: null };
  }
  const written = String(functionNode.value);
  const f = findScheduleFunction(written);
  if (!f) {
    findings.add('unknown-function', functionNode, unknownFunctionMessage(written));
    return { name, function: written, schedule: null };
  }
  const argsNode = field('args');
  const raw = rawArguments(f, argsNode, context);
  const args = raw && boundArguments(f, raw, argsNode ?? node, context);
  const schedule = args && { schedule: f.build(args), phases: f.phases(args) };
  if (raw) {
    context.calls.push({
      function: f.name,
      span: spanOf(node),
      arguments: raw.values,
      argumentSpans: Object.fromEntries(raw.members.map(({ key, value }) => [key, spanOf(value)])),
      schedule,
      assumptions: [],
    });
  }
  return { name, function: written, schedule };
}

/** The bound arguments of a function, from an object; null, with findings, where Optax would refuse. */
export function readArguments<A extends Arguments>(
  f: OptaxFunction<A>,
  argsNode: Node | undefined,
  at: Node,
  context: Context,
): A | null {
  const raw = rawArguments(f, argsNode, context);
  return raw && boundArguments(f, raw, at, context);
}

/** What is written for arguments, before it is checked. */
interface WrittenArguments {
  readonly members: readonly Member[];
  readonly values: RawArguments;
  /** Those whose value could not be read, which a finding says already. */
  readonly lost: ReadonlySet<string>;
}

function rawArguments(
  f: OptaxFunction,
  argsNode: Node | undefined,
  context: Context,
): WrittenArguments | null {
  const { findings } = context;
  if (argsNode && argsNode.type !== 'object') {
    findings.add('wrong-type', argsNode, `must be an object of the arguments of ${f.name}.`);
    return null;
  }
  const members = argsNode ? membersOf(argsNode, findings) : [];
  const values = members.map(({ key, value }) => {
    const parameter = f.parameters.find(({ name }) => name === key);
    return [key, parameter ? readValue(parameter, value, context) : value.value] as const;
  });
  return {
    members,
    values: Object.fromEntries(values.filter(([, value]) => value !== unreadable)),
    lost: new Set(values.filter(([, value]) => value === unreadable).map(([key]) => key)),
  };
}

function boundArguments<A extends Arguments>(
  f: OptaxFunction<A>,
  { members, values, lost }: WrittenArguments,
  at: Node,
  { findings }: Context,
): A | null {
  const binding = bindArguments(f, values);
  if (binding.ok) return lost.size === 0 ? binding.arguments : null;
  for (const problem of binding.problems) {
    const { code, parameter, message } = problem;
    if (lost.has(parameter)) continue;
    const member = members.find(({ key }) => key === parameter);
    const place = code === 'unknown-argument' ? member?.keyNode : member?.value;
    findings.add(code, place ?? at, message, 'error', fixesOf(problem, member));
  }
  return null;
}

/** What to write instead of a member's key, or of its value. */
function fixesOf({ fix }: Problem, member: Member | undefined): readonly Fix[] {
  if (!fix || !member) return [];
  const [node, meant] = 'name' in fix ? [member.keyNode, fix.name] : [member.value, fix.value];
  const text = JSON.stringify(meant);
  return [{ title: `Change to ${text}`, edits: [{ span: spanOf(node), text }] }];
}

/** More boundaries, parts or schedules than anyone has use for make every step slow. */
const longestList = 1000;

/** Whether a list or an object has too many entries, which is a finding. */
export function isTooLong(node: Node, findings: Findings): boolean {
  const length = node.children?.length ?? 0;
  if (length <= longestList) return false;
  const message = `has ${length} entries; give it at most ${longestList}.`;
  findings.add('too-many-entries', node, message);
  return true;
}

/** A JSON value as the plain data that its parameter takes. */
function readValue(parameter: Parameter, node: Node, context: Context): unknown {
  if (isTooLong(node, context.findings)) return unreadable;
  const list = (read: (element: Node) => unknown): unknown => {
    if (node.type !== 'array') return plain(node);
    const elements = (node.children ?? []).map(read);
    return elements.includes(unreadable) ? unreadable : elements;
  };
  switch (parameter.kind) {
    case 'number':
    case 'steps':
    case 'learningRate':
      return readNumber(node, context);
    case 'boundaries':
      return list((element) => readNumber(element, context));
    case 'boundariesAndScales':
      return readBoundariesAndScales(node, context);
    case 'schedules':
      return list((element) => readSchedule(element, context)?.schedule ?? unreadable);
    case 'cycles':
      return list((element) => readCycle(parameter.cycle, element, context));
    case 'boolean':
    case 'interpolation':
    case 'unsupported':
      return plain(node);
  }
}

/** JSON as it is; objects and arrays stand for themselves, to be refused by their kind. */
function plain(node: Node): unknown {
  if (node.type === 'object') return {};
  return node.type === 'array' ? [] : (node.value as unknown);
}

function readNumber(node: Node, { names }: Context): unknown {
  if (node.type !== 'string' && node.type !== 'number') return plain(node);
  const value = names.value(node);
  return value === undefined ? unreadable : value;
}

function readBoundariesAndScales(node: Node, context: Context): unknown {
  if (node.type === 'array') {
    const message = 'must be an object from steps to factors, such as {"500": 0.1}.';
    context.findings.add('wrong-type', node, message);
    return unreadable;
  }
  if (node.type !== 'object') return plain(node);
  const entries = membersOf(node, context.findings).map(({ key, keyNode, value }) => ({
    step: context.names.expression(key, keyNode),
    scale: readNumber(value, context),
  }));
  const lost = entries.some(({ step, scale }) => step === undefined || scale === unreadable);
  return lost ? unreadable : entries;
}

/** The raw arguments of one cycle of an sgdr_schedule; they are bound with all others. */
function readCycle(cycle: OptaxFunction, node: Node, context: Context): unknown {
  if (node.type !== 'object') return plain(node);
  const values = membersOf(node, context.findings).map(({ key, value }) => {
    const parameter = cycle.parameters.find(({ name }) => name === key);
    return [key, parameter ? readValue(parameter, value, context) : value.value] as const;
  });
  if (values.some(([, value]) => value === unreadable)) return unreadable;
  return Object.fromEntries(values) satisfies RawArguments;
}
