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
import { settingComments } from './comments.ts';
import { type Program, type Round, interpret } from './interpretation.ts';
import { type Machine, type ModuleText } from './machine/machine.ts';
import type { WrittenLiteral } from './machine/scope.ts';
import { misspeltMembers } from './misspeltMembers.ts';
import { problemFindings } from './problems.ts';
import { reachCalls } from './reaching.ts';
import { isAsked } from './schedules/asked.ts';
import { type ParsedModule, parseChunks, parseExpression } from './syntax/parsing.ts';
import { trainingFacts } from './training.ts';
import { usesIn } from './uses.ts';

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
  /** What was assumed, if that is what the schedules need. */
  readonly assumptions: ReadonlyMap<string, Assumption>;
  /** The text itself, under the path '', and the modules that it imports. */
  readonly modules: ReadonlyMap<string, ParsedModule>;
}

/** How often a text is interpreted at the most, until all that its schedules need is assumed. */
const mostRounds = 4;

const longestReading = 130;
/** Milliseconds that it may take to parse a module that is imported. */
const longestImport = 40;

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
  const modules = new Map<string, ParsedModule>();
  const parse = (module: ModuleText, longestParse = longestImport): ParsedModule => {
    const known = modules.get(module.path);
    if (known?.text === module.text) return known;
    const before = earlier?.modules.get(module.path)?.chunks;
    const parsed = parseChunks(module.text, longestParse, before);
    modules.set(module.path, parsed);
    return parsed;
  };
  const parsed = parse({ path: '', text }, longest / 2);
  const program: Program = {
    parsed,
    settings: new Map(Object.entries(settings).map(([name, set]) => [name, parseExpression(set)])),
    comments: settingComments(parsed),
    importText,
    parse,
  };
  const round = lastRound(program, Date.now() + longest, earlier?.assumptions);
  const { machine, scope } = round;
  const reading = readingOf(round, parsed);
  machine.isRead = true;
  let unreached: readonly ScheduleCall[] | undefined;
  return {
    ...reading,
    earlier: { assumptions: isSettled(machine) ? machine.assumptions : new Map(), modules },
    unreachedCalls: () => (unreached ??= callsOf(machine, reachCalls(machine, parsed.body, scope))),
  };
}

/**
 * Interprets a text until all that its schedules need is assumed.
 *
 * @param before what an earlier version assumed in the end: where this one needs just the same, it
 *   is interpreted only once.
 */
function lastRound(
  program: Program,
  deadline: number,
  before: ReadonlyMap<string, Assumption> = new Map(),
): Round {
  let round = interpret(program, before, deadline);
  if (before.size > 0 && !isSettled(round.machine) && Date.now() < deadline)
    round = interpret(program, new Map(), deadline);
  for (let i = 1; i < mostRounds && !round.machine.stopped; i++) {
    const { assumptions, demands } = round.machine;
    const all = new Map([...demands, ...assumptions]);
    if (all.size === assumptions.size) break;
    round = interpret(program, all, deadline);
  }
  return round;
}

/** Whether what an interpretation assumed is what its schedules need, no more and no less. */
function isSettled({ assumptions, demands }: Machine): boolean {
  return (
    demands.size === assumptions.size &&
    [...demands].every(([name, { value, why }]) => {
      const assumed = assumptions.get(name);
      return assumed?.value === value && assumed.why === why;
    })
  );
}

function readingOf(
  { machine, listed, badSettings }: Round,
  { text, unreadFrom }: ParsedModule,
): Reading {
  const definitions = withUniqueNames(listed);
  const uses = usesIn(machine, listed, definitions);
  return {
    definitions: definitions.map(plainDefinition),
    calls: callsOf(machine, machine.journal.creations),
    uses: withUniqueNames(uses),
    training: trainingFacts(machine, text),
    names: [...machine.journal.names],
    findings: [
      ...problemFindings(machine),
      ...misspeltMembers(text),
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
    const { object, site, raw, spans, literals, assumptions, isInternal } = creation;
    if (isInternal || site?.module !== machine.mainModule) return [];
    return [
      {
        function: object.function,
        span: { from: site.from, to: site.to },
        arguments: raw,
        argumentSpans: Object.fromEntries(spans),
        namedLiterals: Object.fromEntries(
          [...literals].flatMap(
            ([
              argument,
              {
                name,
                value,
                site: { module, from, to },
              },
            ]) =>
              // Not where something else was put in its place since, such as a setting.
              module === machine.mainModule && plainOf(value) === raw[argument]
                ? [[argument, { name, span: { from, to } }]]
                : [],
          ),
        ),
        schedule: object.schedule,
        assumptions,
        ...(isAsked(object) && { isAsked: true }),
      },
    ];
  });
}

const plainOf = (value: WrittenLiteral['value']): unknown =>
  typeof value === 'bigint' ? Number(value) : value;

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
