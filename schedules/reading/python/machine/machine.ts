import type { Span } from '../../../checking/finding.ts';
import type { Assumption } from '../../reading.ts';
import { wholeText } from '../comments.ts';
import type { Drawable } from '../schedules/handWritten.ts';
import type { ParsedModule } from '../syntax/parsing.ts';
import { PythonError } from '../values/pythonError.ts';
import type {
  CallSite,
  DType,
  InterpretedFunction,
  ModuleObject,
  ScheduleObject,
  Unknown,
  Value,
} from '../values/value.ts';
import type { Journal, Site } from './journal.ts';
import type { Scope } from './scope.ts';

/** A call of an interpreted function that has begun. */
export interface Frame {
  readonly function: InterpretedFunction | undefined;
  readonly caller: Frame | undefined;
  /** Where the call stands in the caller's module; undefined for the main module itself. */
  readonly site: CallSite | undefined;
  readonly module: string;
  readonly scope: Scope;
  /** Of a generator: what it has yielded. */
  readonly yielded: Value[] | undefined;
  /** What it returned, once it has. */
  returned?: Value;
}

/** A text that is interpreted: the file itself, or a module that it imports. */
export interface ModuleText {
  readonly path: string;
  readonly text: string;
}

/** All that an interpretation has: what bounds it, what is decided, and what it found. */
export interface Machine {
  /** Evaluations that are left. */
  remaining: number;
  /** When to stop, in milliseconds since 1970. */
  deadline: number;
  /** A place that is to be reached: whatever leads to it is taken, whatever its test says. */
  target?: Span;
  /** How deep evaluations are nested. */
  depth: number;
  /** Whether Python's exceptions are raised; else what raises one is not known. */
  readonly raises: boolean;
  /** Whether it had to stop before the end. */
  stopped: boolean;
  /** Whether the text has been read, so that only rates are computed any more. */
  isRead: boolean;
  /** How many rates of Optax's schedules were asked for. */
  rated: number;
  /** Conditions that are not known, as they are decided where the program is being followed. */
  readonly path: Map<string, boolean>;
  /** Assumptions that the value being computed rests on. */
  resting: Assumption[];
  /** Above 0 while the rate of a step is computed: then every condition is decided. */
  deciding: number;
  frame: Frame;
  /** The module that is being interpreted. */
  module: string;
  /** Where in it the chunk begins that is being interpreted. */
  origin: number;
  readonly mainModule: string;
  readonly journal: Journal;
  readonly builtins: ReadonlyMap<string, Value>;
  readonly modules: Map<string, ModuleObject>;
  /** Texts of the modules by their paths. */
  readonly texts: Map<string, string>;
  /** What functions of the text are as schedules. */
  readonly drawables: Map<object, Drawable>;
  /** Values from outside by name; they replace whatever the code gives. */
  readonly settings: Map<string, Value>;
  /** Values that are set in comments, for a stretch of the main module. */
  readonly comments: CommentSetting[];
  /** What is assumed for names that nothing gives. */
  readonly assumptions: ReadonlyMap<string, Assumption>;
  /** What has to be assumed, because a schedule needs it; what is assumed already among it. */
  readonly demands: Map<string, Assumption>;
  /** The statements of a module that is imported. */
  parse(source: ModuleText): ParsedModule;
  /** Gives the text of a module that is imported. */
  importText(module: string, from: string): ModuleText | undefined;
  /** A library that is known by its full name. */
  library(module: string): ModuleObject | undefined;
  /** What is written at a place. */
  textAt(site: Site): string;
  /** Calls any value as a function. */
  call(callee: Value, args: readonly Value[]): Value;
  /** The member of a value under a name, as `value.name`. */
  attribute(value: Value, name: string): Value;
  /** The rate of a schedule of Optax at a step. */
  rate(schedule: ScheduleObject, step: Value): Value;
  /** `jnp.float32(value)` */
  convert(dtype: DType, value: Value): Value;
  /** Whether an error says that the interpretation has used up what it may take. */
  isStop(error: unknown): boolean;
}

/** `# anneal: name=value` */
export interface CommentSetting {
  readonly name: string;
  readonly value: Value;
  /** The stretch of the text in which it holds. */
  readonly scope: Span;
}

/** The place of a node of the chunk that is being interpreted. */
export function siteOf({ module, origin }: Machine, { from, to }: Span): Site {
  return { module, from: origin + from, to: origin + to };
}

/** Raised where an interpretation has used up what it may take. */
export class Stopped extends Error {}

/** There is one of it: to make an error takes longer than most of what is computed here. */
export const stopped = new Stopped('The interpretation has used up what it may take.');

/** Deeper recursion could overflow the stack of the program that interprets. */
export const deepest = 700;
const checkEvery = 1024;

/** @throws Stopped where too much was spent. */
export function spend(machine: Machine, steps = 1): void {
  machine.remaining -= steps;
  if (machine.remaining < 0) throw stopped;
  if (machine.remaining % checkEvery < steps && Date.now() > machine.deadline) {
    machine.remaining = -1;
    throw stopped;
  }
}

/** Ends the interpretation: what was found so far is shown. */
export function stop(machine: Machine): never {
  machine.deadline = 0;
  throw stopped;
}

/**
 * Runs something with a budget of its own, so that what comes after it has something left.
 *
 * @returns whether it came to its end.
 */
export function within(machine: Machine, budget: number, f: () => void): boolean {
  const before = machine.remaining;
  const given = Math.min(budget, before);
  machine.remaining = given;
  const { depth, frame, module, origin, resting, deciding } = machine;
  const path = new Map(machine.path);
  try {
    f();
    return true;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    Object.assign(machine, { depth, frame, module, origin, resting, deciding });
    machine.path.clear();
    for (const [key, holds] of path) machine.path.set(key, holds);
    if (Date.now() > machine.deadline) throw error;
    return false;
  } finally {
    machine.remaining = before - (given - Math.max(0, machine.remaining));
  }
}

/** What is set from outside for a name that is bound at an offset of the text. */
export function settingFor(machine: Machine, name: string, at: number): Value | undefined {
  const given = machine.settings.get(name);
  if (given !== undefined || machine.module !== machine.mainModule) return given;
  // The comment that stands nearest around it is meant.
  return machine.comments.findLast(
    ({ name: set, scope }) => set === name && scope.from <= at && at <= scope.to,
  )?.value;
}

/** A name that nothing gives: assumed where a schedule needed it before, else unknown. */
export function unknownName(machine: Machine, name: string): Value {
  const given = machine.settings.has(name) ? machine.settings.get(name) : commented(machine, name);
  const assumption = machine.assumptions.get(name);
  if (given !== undefined || assumption) machine.journal.names.add(name);
  if (given !== undefined) return given;
  if (machine.raises) throw new PythonError(`NameError: '${name}' is not defined`);
  const unknown: Unknown = { kind: 'unknown', key: name, leaves: [name], isName: true };
  if (!assumption) return unknown;
  const { value } = assumption;
  const plain = Number.isInteger(value) ? BigInt(Number(value)) : value;
  return { kind: 'assumed', key: name, value: plain, assumptions: [assumption] };
}

/** What a comment sets for a name that is no variable, such as `config.lr`, where code is run. */
function commented({ comments, frame, mainModule }: Machine, name: string): Value | undefined {
  const running = frame.function;
  const { from, to } = running?.module === mainModule ? running.span : wholeText;
  return comments.findLast(
    ({ name: set, scope }) => set === name && scope.from <= from && to <= scope.to,
  )?.value;
}
