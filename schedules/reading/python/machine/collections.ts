import { type Expression } from '../syntax/syntax.ts';
import { formatted } from '../values/formatting.ts';
import { valuesIn } from '../values/iteration.ts';
import { keyOf, spelled } from '../values/keys.ts';
import { sized } from '../values/operators.ts';
import { PythonError } from '../values/pythonError.ts';
import { type SetOfValues, type Value, isObject } from '../values/value.ts';
import { attempt, read, unknownFrom } from './certainty.ts';
import { evaluate } from './evaluation.ts';
import { type Machine } from './machine.ts';
import { unknownAmong } from './operations.ts';
import { type Scope } from './scope.ts';

export function formatOf(
  machine: Machine,
  parts: Extract<Expression, { kind: 'format' }>['parts'],
  scope: Scope,
): Value {
  const values = parts.map((part) =>
    typeof part === 'string' ? part : evaluate(machine, part.value, scope),
  );
  const unknown = unknownAmong(values);
  if (unknown.length > 0)
    return unknownFrom(() => `f${values.map((value) => spelled(value)).join('')}`, unknown);
  return attempt(
    machine,
    () => 'f-string',
    () =>
      sized(
        parts
          .map((part, i) =>
            typeof part === 'string'
              ? part
              : formatted(read(machine, values[i] ?? null), part.format),
          )
          .join(''),
      ),
  );
}

/** A list, tuple or set of elements, among which some may be spread. */
export function spreading(
  machine: Machine,
  elements: readonly Expression[],
  scope: Scope,
  make: (items: Value[]) => Value,
): Value {
  if (elements.every(({ kind }) => kind !== 'starred')) {
    return make(elements.map((element) => evaluate(machine, element, scope)));
  }
  const values = elements.map((element) => evaluate(machine, element, scope));
  return attempt(
    machine,
    () => `[${values.map((value) => spelled(value)).join(', ')}]`,
    () =>
      make(
        values.flatMap((value, i) => {
          return elements[i]?.kind === 'starred'
            ? valuesIn(machine, read(machine, value))
            : [value];
        }),
      ),
  );
}

export function setOf(machine: Machine, items: readonly Value[]): SetOfValues {
  const known = items.map((value) => read(machine, value));
  return { kind: 'set', items: new Map(known.map((value) => [keyOf(value), value])) };
}

export function dictOf(
  machine: Machine,
  entries: Extract<Expression, { kind: 'dict' }>['entries'],
  scope: Scope,
): Value {
  const values = entries.map(({ key, value }) => ({
    key: key && evaluate(machine, key, scope),
    value: evaluate(machine, value, scope),
  }));
  const unknown = unknownAmong(values.map(({ key, value }) => (key === undefined ? value : key)));
  // A dict of configuration is of use even where some of it is not known.
  const known = values.filter(
    ({ key, value }) => unknownAmong([key === undefined ? value : key]).length === 0,
  );
  const usable = known.length > 0 && values.some(({ key }) => key === undefined) ? known : values;
  if (unknown.length > 0 && usable === values) {
    return unknownFrom(
      () =>
        `{${values.map(({ key, value }) => `${spelled(key ?? null)}: ${spelled(value)}`).join(', ')}}`,
      unknown,
    );
  }
  return attempt(
    machine,
    () => 'dict',
    () => {
      const all = new Map<string, readonly [Value, Value]>();
      for (const { key, value } of usable) {
        if (key !== undefined) {
          const plain = read(machine, key);
          all.set(keyOf(plain), [plain, value]);
          continue;
        }
        const spread = read(machine, value);
        if (!isObject(spread) || spread.kind !== 'dict')
          throw new PythonError('TypeError: no mapping');
        for (const [text, entry] of spread.entries) all.set(text, entry);
      }
      return { kind: 'dict', entries: all };
    },
  );
}
