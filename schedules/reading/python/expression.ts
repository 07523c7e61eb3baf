import { shortened } from '../shortened.ts';
import { builtins } from './libraries/builtins.ts';
import { jaxNumpyModule } from './libraries/jaxNumpy.ts';
import { mathModule } from './libraries/math.ts';
import { numpyModule } from './libraries/numpy.ts';
import { evaluate } from './machine/evaluation.ts';
import { Stopped, stopped } from './machine/machine.ts';
import { newMachine } from './machine/newMachine.ts';
import { newScope, type Scope } from './machine/scope.ts';
import { longestExpression, parseChunks, parseExpression } from './syntax/parsing.ts';
import type { Literal } from './syntax/syntax.ts';
import { isScalarArray, toNumber } from './values/conversion.ts';
import { typeName } from './values/keys.ts';
import { PythonError } from './values/pythonError.ts';
import { isObject, isUncertain, type Value } from './values/value.ts';

/** What an expression is worth, or what is wrong with it, as a sentence without a subject. */
export type Evaluated = { readonly value: Literal } | { readonly problem: string };

/** What a name stands for; undefined where that is for Python to say, as of `round`. */
export type NameLookup = (name: string) => Evaluated | undefined;

/** What the expressions of one file may take together: evaluations, and milliseconds. */
const budget = 5_000_000;
const longest = 2000;

/**
 * Evaluates the Python expressions of one file that stand by themselves, without running them.
 * Besides the names that are looked up, they have Python's own functions, `math`, `np`, `numpy`,
 * `jnp` and the common functions of `math`; their result is a number, a text, a bool or None.
 */
export function newEvaluator(lookUp: NameLookup): (text: string) => Evaluated {
  const machine = newMachine({
    text: '',
    assumptions: new Map(),
    deadline: 0,
    budget,
    importText: () => undefined,
    parse: ({ text }) => parseChunks(text, longest),
    raises: true,
  });
  let left = longest;
  return (text) => {
    const expression = parseExpression(text);
    // The parentheses that it is parsed in make an expression of `x := 5`.
    if (!expression || expression.kind === 'named') return { problem: notAnExpression(text) };
    const { depth } = machine;
    const start = Date.now();
    machine.deadline = start + left;
    try {
      // The machine itself looks at the clock too rarely for many expressions of few steps.
      if (left <= 0) throw stopped;
      return literal(evaluate(machine, expression, scopeOf(text, lookUp)));
    } catch (error) {
      machine.depth = depth;
      return { problem: problemOf(error) };
    } finally {
      left -= Date.now() - start;
    }
  };
}

/** What is wrong with a text that should be an expression; undefined where it is one. */
export function syntaxProblem(text: string): string | undefined {
  return parseExpression(text) ? undefined : notAnExpression(text);
}

function notAnExpression(text: string): string {
  return text.length > longestExpression
    ? 'is too long for an expression'
    : 'is not a Python expression of numbers';
}

/** Whether a name means something in every expression, without being looked up. */
export function isPythonName(name: string): boolean {
  return pythonScope.variables.has(name) || builtins.has(name);
}

const functions = ['ceil', 'floor', 'sqrt', 'exp', 'log', 'log2', 'log10'];
const pythonScope: Scope = {
  ...newScope('module'),
  variables: new Map<string, Value>([
    ['math', mathModule],
    ['np', numpyModule],
    ['numpy', numpyModule],
    ['jnp', jaxNumpyModule],
    ...functions.map((name) => [name, mathModule.member(name) ?? null] as const),
  ]),
};

/** Looks up what the text of an expression names, once Python would. */
function scopeOf(text: string, lookUp: NameLookup): Scope {
  const scope = newScope('module', pythonScope);
  for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) {
    scope.imports.set(name, () => found(lookUp(name)));
  }
  return scope;
}

/** Raised where the lookup of a name finds what is wrong with the expression. */
class Problem extends Error {}

function found(evaluated: Evaluated | undefined): Literal | undefined {
  if (evaluated && 'problem' in evaluated) throw new Problem(evaluated.problem);
  return evaluated?.value;
}

function literal(value: Value): Evaluated {
  if (!isObject(value)) return { value };
  if (isUncertain(value))
    return { problem: 'has a part that is nested too deeply or cannot be computed here' };
  if (isScalarArray(value)) return { value: toNumber(value) };
  return { problem: `has a value of the type '${typeName(value)}', which is not a number` };
}

function problemOf(error: unknown): string {
  if (error instanceof Problem) return error.message;
  if (error instanceof PythonError) return `raises ${shortened(error.message, 200)}`;
  if (error instanceof Stopped) return 'is nested too deeply or takes too long to compute';
  throw error;
}
