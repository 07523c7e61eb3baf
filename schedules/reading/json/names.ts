import type { Node } from 'jsonc-parser';
import { closestName } from '../../optax/closestName.ts';
import { ExpressionError, type ExpressionValue } from '../python/arithmetic.ts';
import { evaluateExpression, shortened } from '../python/expression.ts';
import type { Settings } from '../reading.ts';
import type { Findings, Member } from './document.ts';

/** Evaluates what stands where a number can: a JSON number, or a string with a Python expression. */
export interface Names {
  /** The value of a node; undefined where it has none, with a finding. */
  value(node: Node): ExpressionValue | undefined;
  /** The value of an expression in the text of another node, such as an object's key. */
  expression(text: string, at: Node): ExpressionValue | undefined;
}

/** What Python takes for a name; others could be used in no expression. */
export const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What a file may have in expressions: far more than a person writes, and read within a second. */
const mostExpressions = 10_000;

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
  const values = new Map<string, ExpressionValue | undefined>();
  const evaluating = new Set<string>();
  let expressions = 0;

  const lookUp = (name: string, depth: number): ExpressionValue => {
    const node = definitions.get(name);
    if (!node) throw new ExpressionError(notDefined(name, [...definitions.keys()]));
    if (evaluating.has(name)) throw new ExpressionError(`needs '${name}', which needs it in turn`);
    if (!values.has(name)) {
      evaluating.add(name);
      const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
      const known = setting === undefined ? value(node, depth) : expression(setting, node, depth);
      values.set(name, known);
      evaluating.delete(name);
    }
    const known = values.get(name);
    if (known === undefined) throw new ExpressionError(`uses '${name}', which has no value`);
    return known;
  };

  const expression = (text: string, at: Node, depth?: number): ExpressionValue | undefined => {
    if (++expressions > mostExpressions) {
      const message = `the file has too many expressions: write at most ${mostExpressions}.`;
      if (expressions === mostExpressions + 1) findings.add('too-many-expressions', at, message);
      return undefined;
    }
    try {
      return evaluateExpression(text, lookUp, depth);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const message = `the expression "${shortened(text)}" ${error.message}`;
      findings.add('bad-expression', at, message.endsWith('?') ? message : `${message}.`);
      return undefined;
    }
  };

  const value = (node: Node, depth?: number): ExpressionValue | undefined => {
    switch (node.type) {
      case 'string':
        return expression(String(node.value), node, depth);
      case 'number':
        return Number(node.value);
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
    try {
      lookUp(key, 0);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
    }
  }
  return { value, expression };
}

function notDefined(name: string, names: readonly string[]): string {
  const meant = closestName(name, names.slice(0, 100));
  const advice = meant === undefined ? '' : `; did you mean '${meant}'?`;
  return `uses '${name}', which is not defined in "names"${advice}`;
}
