import { builtins } from '../libraries/builtins.ts';
import { newLibraries } from '../libraries/libraries.ts';
import { rate } from '../libraries/optax.ts';
import { arrayOf } from '../values/arrayOperations.ts';
import type { Value } from '../values/value.ts';
import type { Assumption } from '../../reading.ts';
import { attributeOf } from './attributes.ts';
import { callValue } from './calls.ts';
import { attempt, read } from './certainty.ts';
import { Journal } from './journal.ts';
import { Stopped, type Machine } from './machine.ts';
import { newScope } from './scope.ts';

interface Beginning {
  readonly text: string;
  readonly assumptions: ReadonlyMap<string, Assumption>;
  readonly deadline: number;
  readonly budget: number;
  readonly importText: Machine['importText'];
  readonly parse: Machine['parse'];
  /** Whether Python's exceptions are raised, as they are not unless this is given. */
  readonly raises?: boolean;
}

/** A machine that has not interpreted anything yet. The text itself has the path ''. */
export function newMachine({
  text,
  assumptions,
  deadline,
  budget,
  importText,
  parse,
  raises = false,
}: Beginning): Machine {
  const libraries = newLibraries();
  const texts = new Map([['', text]]);
  const machine: Machine = {
    remaining: budget,
    deadline,
    depth: 0,
    raises,
    stopped: false,
    isRead: false,
    rated: 0,
    path: new Map(),
    resting: [],
    deciding: 0,
    frame: {
      function: undefined,
      caller: undefined,
      site: undefined,
      module: '',
      scope: newScope('module'),
      yielded: undefined,
    },
    module: '',
    origin: 0,
    mainModule: '',
    journal: new Journal(),
    builtins,
    modules: new Map(),
    texts,
    drawables: new Map(),
    settings: new Map(),
    comments: [],
    assumptions,
    demands: new Map(),
    importText,
    parse,
    // Every part of Optax is reached by what it is called in Optax itself, too.
    library: (module) => libraries.get(module.startsWith('optax.') ? 'optax' : module),
    textAt: ({ module, from, to }) =>
      (texts.get(module) ?? '').slice(from, Math.min(to, from + longestText)).replace(/\s+/g, ' '),
    call: (callee, args) => callValue(machine, callee, { positional: args, keywords: new Map() }),
    attribute: (value, name) => attributeOf(machine, value, name),
    rate: (schedule, step) => rate(machine, schedule, step),
    convert: ({ name, library }, value) =>
      attempt(
        machine,
        () => name,
        (): Value => arrayOf(read(machine, value), machine, library, name),
      ),
    isStop: (error) => error instanceof Stopped,
  };
  return machine;
}

const longestText = 100;
