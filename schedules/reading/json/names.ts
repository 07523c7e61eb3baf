import type { Node } from 'jsonc-parser';
import { evaluateExpression, ExpressionError, type ExpressionValue } from '../python/expression.ts';
import type { Settings } from '../reading.ts';
import type { Findings, Member } from './document.ts';

/** Evaluates what stands where a number can: a JSON number, or a string with a Python expression. */
export interface Names {
  /** The value of a node; undefined where it has none, with a finding. */
  value(node: Node): ExpressionValue | undefined;
  /** The value of an expression in the text of another node, such as an object's key. */
  expression(text: string, at: Node): ExpressionValue | undefined;
}

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

  const lookUp = (name: string): ExpressionValue | undefined => {
    const node = definitions.get(name);
    if (!node) return undefined;
    if (evaluating.has(name)) throw new ExpressionError(`defines '${name}' by itself`);
    if (!values.has(name)) {
      evaluating.add(name);
      const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
      values.set(name, setting === undefined ? value(node) : expression(setting, node));
      evaluating.delete(name);
    }
    const known = values.get(name);
    if (known === undefined) throw new ExpressionError(`uses '${name}', which has no value`);
    return known;
  };

  const expression = (text: string, at: Node): ExpressionValue | undefined => {
    try {
      return evaluateExpression(text, lookUp);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const help = definitions.size > 0 ? ` (names: ${[...definitions.keys()].join(', ')})` : '';
      const hint = error.message.endsWith('not defined') ? help : '';
      findings.add('bad-expression', at, `the expression "${text}" ${error.message}${hint}.`);
      return undefined;
    }
  };

  const value = (node: Node): ExpressionValue | undefined => {
    switch (node.type) {
      case 'string':
        return expression(String(node.value), node);
      case 'number':
        return Number(node.value);
      case 'boolean':
        return node.value === true;
      case 'null':
        return null;
      default:
        findings.add('wrong-type', node, 'must be a number or an expression in quotes.');
        return undefined;
    }
  };

  for (const { key } of members) {
    try {
      lookUp(key);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
    }
  }
  return { value, expression };
}
