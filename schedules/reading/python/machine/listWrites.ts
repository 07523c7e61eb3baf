import { toSize } from '../values/conversion.ts';
import { valuesIn } from '../values/iteration.ts';
import { sized } from '../values/operators.ts';
import { PythonError } from '../values/pythonError.ts';
import type { List, Plain, Slice, Value } from '../values/value.ts';
import { read, restingOn } from './certainty.ts';
import type { Machine } from './machine.ts';
import { extent, isSlice, replaced } from './subscripts.ts';

/**
 * `list[index] = value`
 *
 * @throws PythonError where Python would raise, and for what cannot be followed.
 */
export function setListItem(machine: Machine, list: List, index: Plain, value: Value): void {
  if (isSlice(index)) {
    setSlice(machine, list, index, valuesIn(machine, read(machine, value)));
  } else {
    const { items } = list;
    const i = toSize(index);
    const place = i < 0 ? i + items.length : i;
    if (!(place >= 0 && place < items.length))
      throw new PythonError('IndexError: list assignment index out of range');
    items[place] = replaced(machine, items[place], value);
  }
  restOnIndex(machine, list);
}

function setSlice(machine: Machine, { items }: List, slice: Slice, values: readonly Value[]): void {
  const { from, by, count } = extent(machine, slice, items.length);
  if (count === values.length) {
    for (const [i, value] of values.entries()) {
      const place = from + i * by;
      items[place] = replaced(machine, items[place], value);
    }
    return;
  }
  if (by !== 1)
    throw new PythonError(`ValueError: ${values.length} values for a slice of size ${count}`);
  if (machine.path.size > 0)
    throw new PythonError('how long a list is depends on what is not known');
  items.splice(from, count, ...values);
  sized(items);
}

/** Where it rests on assumptions which elements were set, all of them do. */
function restOnIndex({ resting }: Machine, { items }: List): void {
  if (resting.length === 0) return;
  for (const [i, item] of items.entries()) items[i] = restingOn(item, resting, () => `list[${i}]`);
}
