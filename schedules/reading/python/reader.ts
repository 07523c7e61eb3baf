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
import { newScope } from './machine/scope.ts';
import { scheduleOf } from './schedules/handWritten.ts';
import { listSchedules, optimizerName, siteInMain, type Listed } from './schedules/listing.ts';
import { assumeArgument } from './schedules/assumptions.ts';
import {
  parseExpression,
  parseModule,
  type ParsedModule,
  type ParsedText,
} from './syntax/parsing.ts';
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
  /** An earlier version of the text, as it was parsed. */
  readonly earlier?: ParsedText;
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
): Reading & { readonly parsed: ParsedText } {
  const parsed = parseModule(text, longest / 2, earlier);
  const deadline = Date.now() + longest;
  let assumptions: ReadonlyMap<string, Assumption> = new Map();
  let round = interpret(parsed, settings, importText, assumptions, deadline);
  for (let i = 1; i < mostRounds && round.machine.demands.size > 0 && !round.machine.stopped; i++) {
    const more = new Map([...assumptions, ...round.machine.demands]);
    if (more.size === assumptions.size) break;
    assumptions = more;
    round = interpret(parsed, settings, importText, assumptions, deadline);
  }
  const reading = readingOf(round, parsed);
  round.machine.isRead = true;
  return { ...reading, parsed };
}

interface Round {
  readonly machine: Machine;
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
    reachCalls(machine, body, scope);
    assumeRates(machine);
  } catch (error) {
    if (!machine.isStop(error)) throw error;
    machine.stopped = true;
    listed = listWhatIsThere(machine);
  }
  return { machine, listed, badSettings };
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
    const { object, site, raw, spans, assumptions, isInternal } = creation;
    if (isInternal || site?.module !== machine.mainModule) return [];
    return [
      {
        function: object.function,
        span: { from: site.from, to: site.to },
        arguments: raw,
        argumentSpans: Object.fromEntries(spans),
        schedule: object.schedule,
        assumptions,
      },
    ];
  });
}

/** What Optax would refuse, once for each place. */
function problemFindings(machine: Machine): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const { site, problems, spans, assumptions, ...creation } of machine.journal.creations) {
    if (creation.isInternal || creation.isForced || site?.module !== machine.mainModule) continue;
    for (const { code, parameter, message } of problems) {
      // What is only assumed may be refused without anything being wrong.
      if (assumptions.length > 0 && code === 'refused-by-optax') continue;
      const at =
        spans.get(parameter) ??
        site.argumentSpans.get(parameter) ??
        site.argumentSpans.get(Number(parameter)) ??
        site;
      const span = { from: at.from, to: at.to };
      found.set(`${span.from} ${message}`, { code, severity: 'error', message, span });
    }
  }
  return [...found.values()];
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
