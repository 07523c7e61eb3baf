import { expressionOf } from './expressions.ts';
import { type Source, childrenOf, deepestNesting } from './node.ts';
import { type Expression } from './syntax.ts';
import { type SyntaxNode } from '@lezer/common';

/** `a and b`, or `not a and b`, which the parser takes for `not (a and b)`. */
export function isBoolean(node: SyntaxNode, nots = 0): boolean {
  if (node.name === 'BinaryExpression') {
    return childrenOf(node).some(({ name }) => name === 'and' || name === 'or');
  }
  const [word, operand] = node.name === 'UnaryExpression' ? childrenOf(node) : [];
  const isNot = word?.name === 'not' && nots < deepestNesting;
  return isNot && operand !== undefined && isBoolean(operand, nots + 1);
}

/** Operands with the words between them, as they stand in the text. */
interface BooleanChain {
  readonly operands: readonly Expression[];
  readonly operators: readonly ('and' | 'or')[];
}

/** Whatever tree the parser made, `not` binds closer than `and`, and `and` closer than `or`. */
export function booleanOf(node: SyntaxNode, source: Source, depth: number): Expression {
  const { operands, operators } = booleanChain(node, source, depth);
  const [first, ...others] = operands;
  const groups: Expression[] = first ? [first] : [];
  for (const [i, operand] of others.entries()) {
    const before = groups.at(-1);
    if (before && operators[i] === 'and')
      groups[groups.length - 1] = joined('and', before, operand);
    else groups.push(operand);
  }
  return groups.reduce((left, right) => joined('or', left, right));
}

function joined(operator: 'and' | 'or', left: Expression, right: Expression): Expression {
  return { kind: 'boolean', from: left.from, to: right.to, operator, left, right };
}

function booleanChain(node: SyntaxNode | undefined, source: Source, depth: number): BooleanChain {
  if (!node || depth > deepestNesting || !isBoolean(node)) {
    return { operands: [expressionOf(node, source, depth + 1)], operators: [] };
  }
  const [first, second, third] = childrenOf(node);
  if (node.name === 'UnaryExpression') {
    const { operands, operators } = booleanChain(second, source, depth + 1);
    const [operand, ...others] = operands;
    if (!operand) return { operands, operators };
    const negation: Expression = {
      kind: 'unary',
      from: node.from,
      to: operand.to,
      operator: 'not',
      operand,
    };
    return { operands: [negation, ...others], operators };
  }
  const left = booleanChain(first, source, depth + 1);
  const right = booleanChain(third, source, depth + 1);
  return {
    operands: [...left.operands, ...right.operands],
    operators: [...left.operators, second?.name === 'and' ? 'and' : 'or', ...right.operators],
  };
}
