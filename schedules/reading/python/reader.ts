import type { Finding } from '../../checking/finding.ts';
import type { Assumption, Definition, Reading, ScheduleCall, Settings, Use } from '../reading.ts';
import { withUniqueNames } from '../reading.ts';
import { settingComments } from './comments.ts';
import { callUncalled } from './factories.ts';
import { reachCalls } from './reaching.ts';
import { alternatives } from './machine/certainty.ts';
import { evaluate } from './machine/evaluation.ts';
import { run } from './machine/execution.ts';
import type { OptimizerCall } from './machine/journal.ts';
import { newMachine } from './machine/newMachine.ts';
import { within, type Machine, type ModuleText } from './machine/machine.ts';
import { newScope, type Scope } from './machine/scope.ts';
import { scheduleOf } from './schedules/handWritten.ts';
import { listSchedules, optimizerName, siteInMain, type Listed } from './schedules/listing.ts';
import { assumeArgument } from './schedules/assumptions.ts';
import {
  parseExpression,
  parseModule,
  type ParsedModule,
  type ParsedText,
} from './syntax/parsing.ts';
import { problemFindings } from './problems.ts';
import { clippingNorm, optimizerChoice, trainingFacts } from './training.ts';
import { isNumeric, toNumber } from './values/conversion.ts';
import { isUncertain, type Value } from './values/value.ts';

/** What a Python text is read with. */
export interface PythonOptions {
  readonly settings?: Settings;
  /** Gives the text of a module that is imported, by its dotted name, from the text at a path. */
  readonly importText?: (module: string, from: string) => ModuleText | undefined;
  /** How many milliseconds it may take to interpret the text. */
  readonly longest?: number;
  /** What came of an earlier version of the text. */
  readonly earlier?: EarlierReading;
}

/** What a later version of a text is read faster from. */
export interface EarlierReading extends ParsedText {
  /** What was assumed for names, whatever else the text said. */
  readonly assumptions: ReadonlyMap<string, Assumption>;
}

/** How often a text is interpreted at the most, until all that its schedules need is assumed. */
const mostRounds = 4;
/** What one reading may take: evaluations of expressions, and milliseconds. */
const budget = 250_000;
const longestReading = 130;

/**
 * Reads the schedules of a Python module. The text is never executed: it is interpreted within
 * bounds, and what is not known is assumed where a schedule needs it.
 */
export function readPython(
  text: string,
  {
    settings = {},
    importText = () => undefined,
    longest = longestReading,
    earlier,
  }: PythonOptions = {},
): Reading & { readonly parsed: EarlierReading } {
  const parsed = parseModule(text, longest / 2, earlier);
  const deadline = Date.now() + longest;
  let assumptions = earlier?.assumptions ?? new Map<string, Assumption>();
  let round = interpret(parsed, settings, importText, assumptions, deadline);
  const lasting = new Map([...assumptions, ...round.machine.lastingAssumptions]);
  for (let i = 1; i < mostRounds && round.machine.demands.size > 0 && !round.machine.stopped; i++) {
    const more = new Map([...assumptions, ...round.machine.demands]);
    if (more.size === assumptions.size) break;
    assumptions = more;
    round = interpret(parsed, settings, importText, assumptions, deadline);
    for (const [name, assumption] of round.machine.lastingAssumptions)
      lasting.set(name, assumption);
  }
  const { machine, scope } = round;
  if (!machine.stopped) reachCalls(machine, parsed.body, scope);
  const reading = readingOf(round, parsed);
  machine.isRead = true;
  const { text: read, tree } = parsed;
  return { ...reading, parsed: { text: read, tree, assumptions: lasting } };
}

interface Round {
  readonly machine: Machine;
  /** The names of the module. */
  readonly scope: Scope;
  readonly listed: readonly Listed[];
  readonly badSettings: readonly string[];
}

/** Interprets a text from its beginning to its end. */
function interpret(
  { text, body }: ParsedModule,
  settings: Settings,
  importText: NonNullable<PythonOptions['importText']>,
  assumptions: ReadonlyMap<string, Assumption>,
  deadline: number,
): Round {
  const machine = newMachine({ text, assumptions, deadline, budget, importText });
  const badSettings: string[] = [];
  const scope = newScope('module');
  for (const [name, source] of Object.entries(settings)) {
    const expression = parseExpression(source);
    const value = expression && evaluate(machine, expression, newScope('module'));
    if (value === undefined || isUncertain(value)) badSettings.push(name);
    else machine.settings.set(name, value);
  }
  for (const { name, expression, scope: span } of settingComments(text, body)) {
    const value = evaluate(machine, expression, newScope('module'));
    if (!isUncertain(value)) machine.comments.push({ name, value, scope: span });
  }
  let listed: readonly Listed[];
  try {
    if (!within(machine, budget, () => void run(machine, body, scope))) machine.stopped = true;
    const results = callUncalled(machine, scope);
    listed = listSchedules(machine, results);
    assumeRates(machine);
  } catch (error) {
    if (!machine.isStop(error)) throw error;
    machine.stopped = true;
    listed = listWhatIsThere(machine);
  }
  return { machine, scope, listed, badSettings };
}

/** How many milliseconds there are to list what was found, where reading took too long. */
const longestListing = 40;

function listWhatIsThere(machine: Machine): readonly Listed[] {
  machine.remaining = budget;
  machine.deadline = Date.now() + longestListing;
  try {
    return listSchedules(machine, []);
  } catch (error) {
    if (!machine.isStop(error)) throw error;
    return [];
  }
}

/** A rate that an optimizer is given and nothing gives is assumed like an argument. */
function assumeRates(machine: Machine): void {
  for (const { learningRate } of machine.journal.optimizerCalls) {
    for (const { value } of alternatives(learningRate)) {
      if (!isUncertain(value)) continue;
      machine.resting = [];
      assumeArgument(machine, value, { name: 'learning_rate', role: 'learning rate' });
    }
  }
}

function readingOf(
  { machine, listed, badSettings }: Round,
  { text, unreadFrom }: ParsedModule,
): Reading {
  const definitions = withUniqueNames(listed);
  const uses = machine.journal.optimizerCalls.flatMap((call) =>
    usesOf(machine, call, listed, definitions),
  );
  return {
    definitions: definitions.map(plainDefinition),
    calls: callsOf(machine),
    uses: withUniqueNames(uses),
    training: trainingFacts(machine, text),
    names: [...machine.journal.names],
    findings: [
      ...problemFindings(machine),
      ...badSettings.map((name) => badSetting(name)),
      ...(unreadFrom === undefined && !machine.stopped ? [] : [stopped(text, unreadFrom)]),
    ],
  };
}

function plainDefinition({
  name,
  function: f,
  span,
  schedule,
  assumptions,
}: Definition): Definition {
  return { name, function: f, span, schedule, assumptions };
}

/** What an optimizer is given: one use for each rate that it may be. */
function usesOf(
  machine: Machine,
  call: OptimizerCall,
  listed: readonly Listed[],
  definitions: readonly Definition[],
): readonly Use[] {
  const span = siteInMain(machine, call.args.site, call.frame);
  if (!span) return [];
  const choice = optimizerChoice(call);
  const clipByGlobalNorm = clippingNorm(machine, call);
  return alternatives(call.learningRate).map(({ value, assumptions }): Use => {
    const i = listed.findIndex(({ object }) => object === value);
    const definition = definitions[i];
    const common = {
      name: definition?.name ?? optimizerName(call),
      optimizer: call.optimizer,
      span: { from: span.from, to: span.to },
      ...(call.rateSpan &&
        call.args.site?.module === machine.mainModule && { rateSpan: call.rateSpan }),
      ...(choice && { choice }),
      ...(clipByGlobalNorm !== undefined && { clipByGlobalNorm }),
    };
    if (definition) {
      return {
        ...common,
        definition: definition.name,
        learningRate: definition.schedule,
        assumptions: definition.assumptions,
      };
    }
    const { rate, rests } = rateOf(machine, value);
    return { ...common, learningRate: rate, assumptions: [...assumptions, ...rests] };
  });
}

function rateOf(
  machine: Machine,
  value: Value,
): { rate: Use['learningRate']; rests: readonly Assumption[] } {
  if (isUncertain(value)) return { rate: null, rests: [] };
  if (isNumeric(value)) {
    const rate = Math.fround(toNumber(value));
    return {
      rate: { schedule: () => rate, phases: [{ name: 'hold', from: 0, to: null }] },
      rests: [],
    };
  }
  const drawable = scheduleOf(machine, value);
  return { rate: drawable?.schedule ?? null, rests: drawable?.assumptions ?? [] };
}

/** Every call of a schedule function, in the text itself or led to by it. */
function callsOf(machine: Machine): readonly ScheduleCall[] {
  return machine.journal.creations.flatMap((creation): ScheduleCall[] => {
    const { object, site, raw, spans, assumptions, isInternal, isForced } = creation;
    if (isInternal || site?.module !== machine.mainModule) return [];
    return [
      {
        function: object.function,
        span: { from: site.from, to: site.to },
        arguments: raw,
        argumentSpans: Object.fromEntries(spans),
        schedule: object.schedule,
        assumptions,
        ...(isForced && { isUnreached: true }),
      },
    ];
  });
}

function badSetting(name: string): Finding {
  const message = `The value that is set for '${name}' is not a Python expression that can be computed; set a number or a text in quotes.`;
  return { code: 'bad-expression', severity: 'error', message, span: { from: 0, to: 0 } };
}

function stopped(text: string, from = 0): Finding {
  const message =
    'Reading this file takes too long, so what is shown may be incomplete; move the schedules to a file of their own.';
  return {
    code: 'reading-stopped',
    severity: 'information',
    message,
    span: { from, to: Math.min(text.length, from + 1) },
  };
}
