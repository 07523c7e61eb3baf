import type { Creation } from './machine/journal.ts';
import { type Finding } from '../../checking/finding.ts';
import {
  type Assumption,
  type Definition,
  type Reading,
  type ScheduleCall,
  type Settings,
  withUniqueNames,
} from '../reading.ts';
import { type Round, interpret } from './interpretation.ts';
import { type Machine, type ModuleText } from './machine/machine.ts';
import { problemFindings } from './problems.ts';
import { reachCalls } from './reaching.ts';
import { type ParsedModule, parseModule } from './syntax/parsing.ts';
import { trainingFacts } from './training.ts';
import { usesOf } from './uses.ts';

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
export interface EarlierReading {
  /** What was assumed for names, whatever else the text said. */
  readonly assumptions: ReadonlyMap<string, Assumption>;
}

/** How often a text is interpreted at the most, until all that its schedules need is assumed. */
const mostRounds = 4;

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
): Reading & { readonly earlier: EarlierReading } {
  const parsed = parseModule(text, longest / 2);
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
  const reading = readingOf(round, parsed);
  machine.isRead = true;
  let unreached: readonly ScheduleCall[] | undefined;
  return {
    ...reading,
    earlier: { assumptions: lasting },
    unreachedCalls: () => (unreached ??= callsOf(machine, reachCalls(machine, parsed.body, scope))),
  };
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
    calls: callsOf(machine, machine.journal.creations),
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

/** Calls of schedule functions that stand in the text itself. */
function callsOf(machine: Machine, creations: readonly Creation[]): readonly ScheduleCall[] {
  return creations.flatMap((creation): ScheduleCall[] => {
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

function badSetting(name: string): Finding {
  const message = `The value that is set for '${name}' is not a Python expression that can be computed; set a number or a text in quotes.`;
  return { code: 'bad-expression', severity: 'error', message, span: { from: 0, to: 0 } };
}

export function stopped(text: string, from = 0): Finding {
  const message =
    'Reading this file takes too long, so what is shown may be incomplete; move the schedules to a file of their own.';
  return {
    code: 'reading-stopped',
    severity: 'information',
    message,
    span: { from, to: Math.min(text.length, from + 1) },
  };
}
