import type { Node } from 'jsonc-parser';
import { closestName } from '../../optax/closestName.ts';
import { isPythonName, newEvaluator, type NameLookup } from '../python/expression.ts';
import type { Literal } from '../python/syntax/syntax.ts';
import type { Settings } from '../reading.ts';
import { shortened } from '../shortened.ts';
import type { Findings, Member } from './document.ts';

/** A value as it is computed with outside of Python. */
export type PlainValue = Exclude<Literal, bigint>;

/** Evaluates what stands where a number can: a JSON number, or a string with a Python expression. */
export interface Names {
  /** The value of a node; undefined where it has none, with a finding. */
  value(node: Node): PlainValue | undefined;
  /** The value of an expression in the text of another node, such as an object's key. */
  expression(text: string, at: Node): PlainValue | undefined;
}

/** What Python takes for a name; others could be used in no expression. */
export const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What a file may have in expressions: far more than a person writes, and read within a second. */
const mostExpressions = 10_000;
/** How many names may wait for each other's values. */
const deepestNames = 100;

/**
 * The names of a file, which may refer to one another in any order. `settings` replace the values
 * that the file gives, so that everything computed from them follows.
 */
export function readNames(
  members: readonly Member[],
  settings: Settings,
  findings: Findings,
): Names {
  const definitions = new Map(members.map(({ key, value }) => [key, value]));
  const values = new Map<string, Literal | undefined>();
  const evaluating = new Set<string>();
  let expressions = 0;

  const lookUp: NameLookup = (name) => {
    const node = definitions.get(name);
    if (!node) {
      return isPythonName(name)
        ? undefined
        : { problem: notDefined(name, [...definitions.keys()]) };
    }
    if (evaluating.has(name)) return { problem: `needs '${name}', which needs it in turn` };
    if (!values.has(name)) {
      if (evaluating.size >= deepestNames) return { problem: 'is nested too deeply' };
      evaluating.add(name);
      const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
      values.set(name, setting === undefined ? value(node) : expression(setting, node));
      evaluating.delete(name);
    }
    const known = values.get(name);
    return known === undefined
      ? { problem: `uses '${name}', which has no value` }
      : { value: known };
  };
  const evaluate = newEvaluator(lookUp);

  const expression = (text: string, at: Node): Literal | undefined => {
    if (++expressions > mostExpressions) {
      const message = `the file has too many expressions: write at most ${mostExpressions}.`;
      if (expressions === mostExpressions + 1) findings.add('too-many-expressions', at, message);
      return undefined;
    }
    const evaluated = evaluate(text);
    if ('value' in evaluated) return evaluated.value;
    const message = `the expression "${shortened(text)}" ${evaluated.problem}`;
    findings.add('bad-expression', at, message.endsWith('?') ? message : `${message}.`);
    return undefined;
  };

  const value = (node: Node): Literal | undefined => {
    switch (node.type) {
      case 'string':
        return expression(String(node.value), node);
      case 'number':
        return pythonNumber(Number(node.value));
      default:
        findings.add('wrong-type', node, 'must be a number or an expression in quotes.');
        return undefined;
    }
  };

  for (const { key, keyNode } of members) {
    if (!namePattern.test(key)) {
      const message = 'a name has letters, digits and _, and no digit at the start.';
      findings.add('bad-name', keyNode, message);
    }
    lookUp(key);
  }
  return {
    value: (node) => plain(value(node)),
    expression: (text, at) => plain(expression(text, at)),
  };
}

/** Python's int or float of a JSON number: 1.0 is one with 1 there. */
function pythonNumber(value: number): Literal {
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}

function plain(value: Literal | undefined): PlainValue | undefined {
  return typeof value === 'bigint' ? Number(value) : value;
}

function notDefined(name: string, names: readonly string[]): string {
  const meant = closestName(name, names.slice(0, 100));
  const advice = meant === undefined ? '' : `; did you mean '${meant}'?`;
  return `uses '${name}', which is not defined in "names"${advice}`;
}
