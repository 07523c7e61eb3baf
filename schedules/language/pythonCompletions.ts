import { scheduleFunctions } from '../optax/catalog.ts';
import type { Parameter } from '../optax/optaxFunction.ts';
import type { Reading } from '../reading/reading.ts';
import { withoutBlanks, type Completion, type Trial } from './completion.ts';
import {
  activeParameter,
  enclosingCall,
  missingParameters,
  type EnclosingCall,
} from './enclosingCall.ts';
import { optaxNames } from './optaxNames.ts';
import { statementsUntil } from './pythonStatements.ts';
import { bestValue, callPieces, isNeeded, type CallParts } from './scheduleCalls.ts';
import { namesInScope } from './scopeNames.ts';
import { sensibleValues } from './sensibleValues.ts';
import { typedAt, type TypedPlace } from './typedPlace.ts';

/**
 * What can be put in at an offset of a Python text: schedule functions with their arguments, the
 * schedules that the text has, arguments that a call lacks, and values. Nothing where no schedule is
 * at stake.
 */
export function pythonCompletions(
  text: string,
  reading: Reading,
  offset: number,
): readonly Completion[] {
  const { statements, isInText } = statementsUntil(text, offset);
  const { tokens } = statements.at(-1) ?? { tokens: [] };
  const place = isInText ? undefined : typedAt(tokens, offset);
  if (!place || isCalled(text, offset)) return [];
  const names = optaxNames(statements);
  const call = enclosingCall(tokens, offset, names);
  const isMember = place.root !== undefined && names.find(place.root)?.kind === 'module';
  if (!isMember && (!call || place.root !== undefined)) return [];

  const bound = namesInScope(statements);
  const defined = new Set(reading.definitions.map(({ name }) => name.replace(/#\d+$/, '')));
  const isSchedule = ({ name, callee }: (typeof bound)[number]): boolean =>
    defined.has(name) || (callee !== undefined && names.find(callee)?.kind === 'schedule');
  const schedules = bound.filter(isSchedule).map(({ name }) => name);
  const numbers = bound.filter((one) => one.isNumber && !isSchedule(one)).map(({ name }) => name);
  const valuesOf = sensibleValues({
    names: numbers,
    given: call && !isMember ? givenTexts(text, call) : {},
    training: reading.training,
  });
  const context = { place, schedules, valuesOf, spelled: names.spelled };
  if (isMember) return place.isAnnotation ? [] : functions(context, (name) => name);
  return call ? within(call, context) : [];
}

const isCalled = (text: string, offset: number): boolean =>
  /^\w*\s*\(/.test(text.slice(offset, offset + 100));

interface Context extends CallParts {
  readonly place: TypedPlace;
}

/** What can be put in somewhere in a call's brackets. */
function within(call: EnclosingCall, context: Context): readonly Completion[] {
  const { word, before } = context.place;
  const parameter = activeParameter(call);
  const bracket = call.nesting.at(-1);
  if (call.kind === 'optimizer') {
    const isRate = parameter?.kind === 'learningRate' && bracket === undefined;
    return isRate && /^[(,=]$/.test(before) ? schedulesAndFunctions(context) : [];
  }
  if (bracket !== undefined) return parameter ? inBrackets(call, parameter, context) : [];
  const argument = call.arguments[call.active];
  // What stands before the word is somebody's own expression.
  if (argument && argument.value.from < word.from) return [];
  if (argument?.name !== undefined) {
    return before === '=' && parameter ? values(call, parameter, context) : [];
  }
  const isPositional = call.active > 0 && call.arguments.every(({ name }) => name === undefined);
  return [
    ...(isPositional && parameter ? values(call, parameter, context) : []),
    ...missingArguments(call, context),
  ];
}

/** What can be put in in a list or a dict that is an argument. */
function inBrackets(
  call: EnclosingCall,
  parameter: Parameter,
  context: Context,
): readonly Completion[] {
  const { before } = context.place;
  const [bracket, ...deeper] = call.nesting;
  if (deeper.length > 0) return [];
  const elements = (role: Parameter['role']): readonly Completion[] =>
    values(call, { ...parameter, kind: 'number', role }, context);
  switch (parameter.kind) {
    case 'schedules':
      return bracket !== '{' && /^[[(,]$/.test(before) ? schedulesAndFunctions(context) : [];
    case 'boundaries':
      return bracket !== '{' && /^[[(,]$/.test(before) ? elements('boundaries') : [];
    case 'boundariesAndScales':
      if (bracket !== '{') return [];
      if (before === ':') return elements('decay factor');
      return /^[{,]$/.test(before) ? elements('boundaries') : [];
    default:
      return [];
  }
}

function values(
  call: EnclosingCall,
  parameter: Parameter,
  context: Context,
): readonly Completion[] {
  const { before } = context.place;
  const isKey = call.nesting.at(-1) === '{' && before !== ':';
  const trial = {
    ...trialOf(call, parameter, context),
    // In a list or a dict there is no place for another argument.
    ...(call.nesting.length > 0 && { rest: isKey ? ': 0.1' : '' }),
  };
  return context.valuesOf(parameter).map((value) => ({
    kind: 'value',
    label: value,
    parameter,
    span: context.place.word,
    text: [value],
    trial,
  }));
}

function missingArguments(call: EnclosingCall, context: Context): readonly Completion[] {
  return missingParameters(call)
    .filter(({ kind }) => kind !== 'unsupported')
    .map((parameter) => {
      const value = bestValue(parameter, context);
      return {
        kind: 'argument',
        label: `${parameter.name}=${value}`,
        summary: parameter.summary,
        parameter,
        span: context.place.word,
        text: [`${parameter.name}=`, { blank: value }],
        trial: trialOf(call, parameter, context),
      };
    });
}

/** What it takes to draw a call once it has one argument more. */
function trialOf(call: EnclosingCall, { name }: Parameter, context: Context): Trial {
  const { closing, closingAt } = context.place;
  const rest = missingParameters(call)
    .filter((other) => other.name !== name && isNeeded(other))
    .map((other) => `, ${other.name}=${bestValue(other, context)}`);
  return { callAt: call.span.from, rest: rest.join(''), closing, closingAt };
}

/** The schedules that the text has, and calls that make others. */
function schedulesAndFunctions(context: Context): readonly Completion[] {
  const { place, schedules, spelled } = context;
  const defined = schedules.map((name): Completion => ({
    kind: 'schedule',
    label: name,
    span: place.word,
    text: [name],
  }));
  return [...defined, ...functions(context, spelled)];
}

function functions(
  context: Context,
  spelled: (functionName: string) => string,
): readonly Completion[] {
  const { word, from, closing, closingAt } = context.place;
  return scheduleFunctions.map((f) => {
    const label = spelled(f.name);
    const [callee = '', ...args] = callPieces(label, f, context);
    return {
      kind: 'function',
      label,
      detail: `(${withoutBlanks(args)}`,
      summary: f.summary,
      span: word,
      text: [callee, ...args],
      trial: { callAt: from, rest: '', closing, closingAt },
    };
  });
}

/** What a call writes for its other arguments, by their names. */
function givenTexts(
  text: string,
  { function: { parameters }, arguments: written, active }: EnclosingCall,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    written.flatMap(({ name = '', value }, i) => {
      const key = name || parameters[i]?.name;
      const given = text.slice(value.from, value.to);
      return key === undefined || given === '' || i === active ? [] : [[key, given]];
    }),
  );
}
