import { spelled } from '../values/keys.ts';
import { PythonError } from '../values/pythonError.ts';
import { isObject, isUncertain, type Plain, type Value } from '../values/value.ts';
import { inClass } from './attributes.ts';
import { attempt, read } from './certainty.ts';
import type { Machine } from './machine.ts';

/** What `with manager as name` binds the name to. */
export function enteredValue(machine: Machine, manager: Value): Value {
  // What is not known keeps the name that its settings are set by.
  if (isUncertain(manager) && manager.kind === 'unknown') return manager;
  return attempt(
    machine,
    () => `${spelled(manager)}.__enter__()`,
    () => entered(machine, read(machine, manager)),
  );
}

function entered(machine: Machine, manager: Plain): Value {
  if (!isObject(manager)) throw notEntered();
  switch (manager.kind) {
    case 'instance': {
      // What a library makes stands for itself.
      if (!manager.class) return manager;
      if (inClass(manager.class, '__enter__') === undefined) throw notEntered();
      return machine.call(machine.attribute(manager, '__enter__'), []);
    }
    case 'list': {
      // A function that is decorated by `contextlib.contextmanager` yields what is entered.
      const [first] = manager.items;
      if (!manager.isGenerator || first === undefined) throw notEntered();
      return first;
    }
    case 'tuple':
    case 'set':
    case 'array':
    case 'range':
      throw notEntered();
    default:
      return manager;
  }
}

function notEntered(): PythonError {
  return new PythonError('TypeError: the object does not support the context manager protocol');
}
