import { type Assumption } from '../reading.ts';
import { type SettingComment } from './comments.ts';
import { callUncalled } from './factories.ts';
import { evaluate } from './machine/evaluation.ts';
import { run } from './machine/execution.ts';
import { type Machine, within } from './machine/machine.ts';
import { newMachine } from './machine/newMachine.ts';
import { type Scope, newScope } from './machine/scope.ts';
import { type Listed, listSchedules } from './schedules/listing.ts';
import { type ParsedModule } from './syntax/parsing.ts';
import { type Expression } from './syntax/syntax.ts';
import { assumeRates } from './uses.ts';
import { isUncertain } from './values/value.ts';

/** What one reading may take: evaluations of expressions, and milliseconds. */
const budget = 250_000;

export interface Round {
  readonly machine: Machine;
  /** The names of the module. */
  readonly scope: Scope;
  readonly listed: readonly Listed[];
  readonly badSettings: readonly string[];
}

/** A text with all that its interpretations have in common. */
export interface Program {
  readonly parsed: ParsedModule;
  /** Undefined where what is set for a name is no expression. */
  readonly settings: ReadonlyMap<string, Expression | undefined>;
  readonly comments: readonly SettingComment[];
  readonly importText: Machine['importText'];
  readonly parse: Machine['parse'];
}

/** Interprets a text from its beginning to its end. */
export function interpret(
  { parsed, settings, comments, importText, parse }: Program,
  assumptions: ReadonlyMap<string, Assumption>,
  deadline: number,
): Round {
  const { text, body } = parsed;
  const machine = newMachine({ text, assumptions, deadline, budget, importText, parse });
  const scope = newScope('module');
  let badSettings: readonly string[] = [];
  let listed: readonly Listed[];
  try {
    badSettings = applySettings(machine, settings);
    for (const { name, expression, scope: span } of comments) {
      const value = evaluate(machine, expression, newScope('module'));
      if (!isUncertain(value)) machine.comments.push({ name, value, scope: span });
    }
    if (!within(machine, budget, () => void run(machine, body, scope))) machine.stopped = true;
    const results = callUncalled(machine, scope);
    listed = listSchedules(machine, results);
    assumeRates(machine);
  } catch (error) {
    if (!machine.isStop(error)) throw error;
    machine.stopped = true;
    listed = listWhatIsThere(machine);
  }
  return { machine, scope, listed, badSettings };
}

/** Gives names the values that are set from outside; tells the names whose value is none. */
function applySettings(machine: Machine, settings: Program['settings']): readonly string[] {
  return [...settings].flatMap(([name, expression]) => {
    const value = expression && evaluate(machine, expression, newScope('module'));
    if (value === undefined || isUncertain(value)) return [name];
    machine.settings.set(name, value);
    return [];
  });
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
