import { closestName } from './closestName.ts';
import { camelCase } from './optaxFunction.ts';
import type { Arguments, OptaxFunction, Parameter, SimpleKind } from './optaxFunction.ts';

export type ProblemCode =
  | 'unknown-argument'
  | 'missing-argument'
  | 'surplus-argument'
  | 'wrong-type'
  | 'unsupported-argument'
  | 'refused-by-optax';

/** Why a call of an Optax function cannot be made. */
export interface Problem {
  readonly code: ProblemCode;
  /** The argument at fault as it was written, or the name of the missing one. */
  readonly parameter: string;
  readonly message: string;
  readonly fix?: ProblemFix;
}

/** What to write instead of the argument's name, or of its value. */
export type ProblemFix =
  { readonly name: string } | { readonly value: number | 'linear' | 'cosine' };

export type Binding<A extends Arguments> =
  | { readonly ok: true; readonly arguments: A }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Raw argument values by Optax's names: plain data, schedules as `PhasedSchedule`. */
export type RawArguments = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is RawArguments =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOf = (accepts: (element: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(accepts);

const isNumber = (value: unknown) => typeof value === 'number';

const isPhasedSchedule = (value: unknown) =>
  isRecord(value) && typeof value['schedule'] === 'function' && Array.isArray(value['phases']);

interface KindCheck {
  readonly accepts: (value: unknown) => boolean;
  /** Goes after "must be". */
  readonly expected: string;
}

const kinds: Readonly<Record<Exclude<SimpleKind, 'unsupported'>, KindCheck>> = {
  number: { accepts: isNumber, expected: 'a number' },
  steps: { accepts: Number.isFinite, expected: 'a finite number of steps' },
  boolean: { accepts: (value) => typeof value === 'boolean', expected: 'True or False' },
  interpolation: {
    accepts: (value) => value === 'linear' || value === 'cosine',
    expected: "'linear' or 'cosine'",
  },
  boundariesAndScales: {
    accepts: isListOf((entry) => {
      return isRecord(entry) && Number.isFinite(entry['step']) && isNumber(entry['scale']);
    }),
    expected: 'a dict from steps to factors',
  },
  schedules: { accepts: isListOf(isPhasedSchedule), expected: 'a list of schedules' },
  boundaries: { accepts: isListOf(Number.isFinite), expected: 'a list of finite steps' },
  learningRate: {
    accepts: (value) => isNumber(value) || isPhasedSchedule(value),
    expected: 'a number or a schedule',
  },
};

/** A value as its writer would recognise it, in Python's spelling. */
function spelled(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number')
    return String(value).replace('NaN', 'nan').replace('Infinity', 'inf');
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return isPhasedSchedule(value) ? 'a schedule' : 'another object';
}

/** The parameter that was meant by an unknown name: alike, or the only one missing of its sort. */
function meantParameter(f: OptaxFunction, raw: RawArguments, written: string): string | undefined {
  const free = f.parameters.filter(({ name }) => raw[name] === undefined);
  const sort = (name: string) => name.split('_').at(-1);
  const [missing, ...others] = free.filter(
    (parameter) => parameter.default === undefined && sort(parameter.name) === sort(written),
  );
  const names = free.map(({ name }) => name);
  return closestName(written, names) ?? (others.length === 0 ? missing?.name : undefined);
}

function unknownArgument(f: OptaxFunction, written: string, meant: string | undefined): Problem {
  const names = f.parameters.map(({ name }) => name).join(', ');
  const advice = meant === undefined ? `its arguments are ${names}.` : `did you mean '${meant}'?`;
  const message = `${f.name} has no argument '${written}'; ${advice}`;
  const fix = meant === undefined ? {} : { fix: { name: meant } };
  return { code: 'unknown-argument', parameter: written, message, ...fix };
}

type BoundValue = { readonly value: unknown } | { readonly problems: readonly Problem[] };

function bindCycles(cycle: OptaxFunction, parameter: string, value: unknown): BoundValue {
  if (!Array.isArray(value) || !value.every(isRecord)) {
    const message = `${parameter} must be a list of dicts of arguments, got ${spelled(value)}.`;
    return { problems: [{ code: 'wrong-type', parameter, message }] };
  }
  const bindings = value.map((raw) => bindArguments(cycle, raw));
  const problems = bindings.flatMap((binding, i) =>
    binding.ok
      ? []
      : binding.problems.map(({ code, message }) => ({
          code,
          parameter,
          message: `${parameter}[${i}]: ${message}`,
        })),
  );
  if (problems.length > 0) return { problems };
  return { value: bindings.map((binding) => binding.ok && binding.arguments) };
}

/** The value that was meant by one of the wrong type: a number in quotes, or a misspelt choice. */
function meantValue({ kind }: Parameter, written: unknown): ProblemFix | undefined {
  if (typeof written !== 'string') return undefined;
  if (kind === 'interpolation') {
    const meant = (['linear', 'cosine'] as const).find(
      (choice) => closestName(written, [choice]) !== undefined,
    );
    return meant && { value: meant };
  }
  const isNumeric = kind === 'number' || kind === 'steps' || kind === 'learningRate';
  const value = Number(written.replaceAll('_', ''));
  return isNumeric && written.trim() !== '' && Number.isFinite(value) ? { value } : undefined;
}

function bindValue(f: OptaxFunction, parameter: Parameter, value: unknown): BoundValue {
  const { name } = parameter;
  if (value === undefined) {
    if (parameter.default !== undefined) return { value: parameter.default };
    const message = `${f.name} needs the argument '${name}': ${parameter.summary}`;
    return { problems: [{ code: 'missing-argument', parameter: name, message }] };
  }
  if (value === null && parameter.default === null) return { value };
  if (parameter.kind === 'cycles') return bindCycles(parameter.cycle, name, value);
  if (parameter.kind === 'unsupported') {
    const message = `Anneal does not support the argument '${name}' of ${f.name}; leave it out.`;
    return { problems: [{ code: 'unsupported-argument', parameter: name, message }] };
  }
  const { accepts, expected } = kinds[parameter.kind];
  if (accepts(value)) return { value };
  const orNone = parameter.default === null ? ' or None' : '';
  const message = `${name} of ${f.name} must be ${expected}${orNone}, got ${spelled(value)}.`;
  const fix = meantValue(parameter, value);
  return { problems: [{ code: 'wrong-type', parameter: name, message, ...(fix && { fix }) }] };
}

/**
 * Binds raw arguments to a function's parameters, as Python would for keyword arguments, and checks
 * what Optax would refuse. A value that is `undefined` counts as not given.
 */
export function bindArguments<A extends Arguments>(
  f: OptaxFunction<A>,
  raw: RawArguments,
): Binding<A> {
  const unknown = Object.keys(raw)
    .filter((written) => f.parameters.every(({ name }) => name !== written))
    .map((written) => ({ written, meant: meantParameter(f, raw, written) }));
  const bound = f.parameters.map((parameter) => ({
    name: camelCase(parameter.name),
    result: bindValue(f, parameter, raw[parameter.name]),
  }));
  const problems = [
    ...unknown.map(({ written, meant }) => unknownArgument(f, written, meant)),
    ...bound
      .flatMap(({ result }) => ('problems' in result ? result.problems : []))
      // The name that was meant is not missing as well.
      .filter(({ parameter }) => unknown.every(({ meant }) => meant !== parameter)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  // Every parameter is bound to a value of its kind, which is what `A` says.
  const args = Object.fromEntries(
    bound.map(({ name, result }) => [name, 'value' in result ? result.value : undefined]),
  ) as A;
  const refused = f.rules
    .filter((rule) => !rule.holds(args))
    .map(({ parameter, requirement, raises, instead }): Problem => {
      const value = args[camelCase(parameter)];
      const got = isNumber(value) ? `, got ${spelled(value)}` : '';
      const message = `Optax raises ${raises}: ${parameter} must ${requirement}${got}; ${instead}.`;
      return { code: 'refused-by-optax', parameter, message };
    });
  return refused.length > 0 ? { ok: false, problems: refused } : { ok: true, arguments: args };
}
