import type { Node } from 'jsonc-parser';
import { bindArguments, type RawArguments } from '../../optax/binding.ts';
import { findScheduleFunction, unknownFunctionMessage } from '../../optax/catalog.ts';
import type { Arguments, OptaxFunction, Parameter } from '../../optax/optaxFunction.ts';
import type { PhasedSchedule } from '../../optax/phases.ts';
import { membersOf, type Findings, type Member } from './document.ts';
import type { Names } from './names.ts';

/** What the values of a file are read with. */
export interface Context {
  readonly names: Names;
  readonly findings: Findings;
}

/** Raised where a value could not be read and a finding says why. */
const unreadable = Symbol('unreadable');

/**
 * The schedule of `{"function": ..., "args": {...}}`; null, with findings, where there is none.
 * Members that are neither belong to the caller.
 */
export function readSchedule(members: readonly Member[], node: Node, context: Context) {
  const { findings } = context;
  const functionNode = members.find(({ key }) => key === 'function')?.value;
  const argsNode = members.find(({ key }) => key === 'args')?.value;
  if (functionNode?.type !== 'string') {
    findings.add('missing-field', functionNode ?? node, `needs "function", a schedule of Optax.`);
    return { function: '', schedule: null };
  }
  const name = String(functionNode.value).replace(/^optax\.(schedules\.)?/, '');
  const f = findScheduleFunction(name);
  if (!f) {
    findings.add('unknown-function', functionNode, unknownFunctionMessage(name));
    return { function: name, schedule: null };
  }
  const args = readArguments(f, argsNode, argsNode ?? node, context);
  const schedule = args && { schedule: f.build(args), phases: f.phases(args) };
  return { function: name, schedule };
}

/** The bound arguments of a function, from an object; null, with findings, where Optax would refuse. */
export function readArguments<A extends Arguments>(
  f: OptaxFunction<A>,
  argsNode: Node | undefined,
  at: Node,
  context: Context,
): A | null {
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
  const binding = bindArguments(f, Object.fromEntries(values.filter(([, v]) => v !== unreadable)));
  const lost = new Set(values.filter(([, value]) => value === unreadable).map(([key]) => key));
  if (binding.ok) return lost.size === 0 ? binding.arguments : null;
  for (const { code, parameter, message } of binding.problems) {
    if (lost.has(parameter)) continue;
    const member = members.find(({ key }) => key === parameter);
    const place = code === 'unknown-argument' ? member?.keyNode : member?.value;
    findings.add(code, place ?? at, message);
  }
  return null;
}

/** A JSON value as the plain data that its parameter takes. */
function readValue(parameter: Parameter, node: Node, context: Context): unknown {
  const list = (read: (element: Node) => unknown): unknown => {
    if (node.type !== 'array') return node.type === 'null' ? null : plain(node);
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
      return list((element) => readPart(element, context));
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
  return names.value(node) ?? unreadable;
}

function readBoundariesAndScales(node: Node, context: Context): unknown {
  if (node.type !== 'object') return plain(node);
  const entries = membersOf(node, context.findings).map(({ key, keyNode, value }) => ({
    step: context.names.expression(key, keyNode) ?? unreadable,
    scale: readNumber(value, context),
  }));
  const lost = entries.some(({ step, scale }) => step === unreadable || scale === unreadable);
  return lost ? unreadable : entries;
}

/** One of the schedules that a join_schedules joins. */
function readPart(node: Node, context: Context): PhasedSchedule | typeof unreadable {
  if (node.type !== 'object') {
    context.findings.add('wrong-type', node, 'must be {"function": ..., "args": {...}}.');
    return unreadable;
  }
  const members = membersOf(node, context.findings);
  for (const { key, keyNode } of members) {
    if (key === 'function' || key === 'args' || key === 'name') continue;
    context.findings.add('unknown-field', keyNode, `a schedule has no "${key}".`);
  }
  return readSchedule(members, node, context).schedule ?? unreadable;
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
