/** Tells whether a value of a message from outside is what it should be. */
export type Check = (value: unknown) => boolean;

/** For each field its check; one in brackets is of a field that may be missing. */
export type Checks<T> = {
  readonly [Field in keyof T]-?: undefined extends T[Field] ? readonly [Check] : Check;
};

/** For each type of message its fields. */
export type MessageChecks<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: Checks<
    Omit<Extract<Message, { readonly type: Type }>, 'type'>
  >;
};

type AnyChecks = Readonly<Record<string, Check | readonly [Check]>>;
type Fields = readonly (readonly [string, Check | readonly [Check]])[];

/** Listed once: most messages are of few types. */
const listed = new WeakMap<AnyChecks, Fields>();

function fieldsOf(checks: AnyChecks): Fields {
  const known = listed.get(checks);
  if (known) return known;
  const fields = Object.entries(checks);
  listed.set(checks, fields);
  return fields;
}

export const text: Check = (value) => typeof value === 'string';
export const flag: Check = (value) => typeof value === 'boolean';
export const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const positive: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0;
/** JSON has no others. */
export const finite: Check = (value) => typeof value === 'number';

const notFinite: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];
/** A number; "NaN", "Infinity" and "-Infinity" are numbers too, and become such in `decodeMessage`. */
export const figure: Check = (value) => typeof value === 'number' || notFinite.includes(value);
export const figures: Check = list(figure);

export function list(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

export function nullOr(check: Check): Check {
  return (value) => value === null || check(value);
}

export function oneOf(...values: readonly string[]): Check {
  return (value) => typeof value === 'string' && values.includes(value);
}

/** An object of any keys. */
export function recordOf(check: Check): Check {
  return (value) => isRecord(value) && Object.values(value).every(check);
}

/** An object with these fields and maybe more. */
export function shape<T>(checks: Checks<T>): Check {
  return (value) => isRecord(value) && wrongField(value, checks) === undefined;
}

/** An object of a tagged union. */
export function tagged<T extends { readonly type: string }>(types: MessageChecks<T>): Check {
  return (value) => {
    const checks = isRecord(value) ? checksOf(value, types) : undefined;
    return isRecord(value) && checks !== undefined && wrongField(value, checks) === undefined;
  };
}

/**
 * A message out of parsed JSON. Fields that are not known here are kept as they are.
 *
 * @param what the kind of messages, for errors: `an event`.
 * @throws SyntaxError where it is none with all its fields.
 */
export function decodeMessage<Message extends { readonly type: string }>(
  message: unknown,
  types: MessageChecks<Message>,
  what: string,
): Message {
  const checks = isRecord(message) ? checksOf(message, types) : undefined;
  if (!isRecord(message) || !checks) throw new SyntaxError(`not ${what}`);
  const wrong = wrongField(message, checks);
  if (wrong !== undefined) throw new SyntaxError(`${what} with a bad '${wrong}'`);
  const decoded: Record<string, unknown> = { ...message };
  for (const [field, check] of fieldsOf(checks)) {
    if (check === figure) decoded[field] = Number(message[field]);
    if (check === figures) decoded[field] = numbersOf(message[field] as readonly unknown[]);
  }
  return decoded as unknown as Message;
}

const numbersOf = (values: readonly unknown[]): readonly unknown[] =>
  values.every(finite) ? values : values.map(Number);

function checksOf(
  message: Readonly<Record<string, unknown>>,
  types: Readonly<Record<string, unknown>>,
): AnyChecks | undefined {
  const { type } = message;
  return typeof type === 'string' && Object.hasOwn(types, type)
    ? (types[type] as AnyChecks)
    : undefined;
}

function wrongField(
  value: Readonly<Record<string, unknown>>,
  checks: AnyChecks,
): string | undefined {
  const wrong = fieldsOf(checks).find(([field, check]) =>
    typeof check === 'function'
      ? !check(value[field])
      : value[field] !== undefined && !check[0](value[field]),
  );
  return wrong?.[0];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
