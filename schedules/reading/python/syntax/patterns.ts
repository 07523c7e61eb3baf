import type { SyntaxNode } from '@lezer/common';
import { expressionOf, tupleOrSingle } from './expressions.ts';
import { childrenOf, deepestNesting, splitAt, type Source } from './node.ts';
import type { Expression, Pattern } from './syntax.ts';

/** The pattern of a `case`: one node, or `a, b`. */
export function patternOf(nodes: readonly SyntaxNode[], source: Source, depth: number): Pattern {
  const [node] = nodes;
  if (depth > deepestNesting) return { kind: 'unknown', names: [] };
  if (nodes.some(({ name }) => name === ',')) return sequence(nodes, source, depth);
  if (!node) return { kind: 'unknown', names: [] };
  const children = childrenOf(node);
  const inner = (child: SyntaxNode | undefined): Pattern =>
    patternOf(child ? [child] : [], source, depth + 1);
  switch (node.name) {
    case 'LiteralPattern':
      return { kind: 'value', value: literal(children, source, depth) };
    case 'AttributePattern':
      return { kind: 'value', value: attribute(children, source, depth) };
    case 'CapturePattern':
      return { kind: 'capture', name: source.of(node) };
    case 'OrPattern':
      return { kind: 'or', patterns: children.filter(({ name }) => name !== 'LogicOp').map(inner) };
    case 'AsPattern': {
      const name = children.at(-1);
      return { kind: 'as', pattern: inner(children[0]), name: name ? source.of(name) : '' };
    }
    case 'ParenthesizedPattern':
      return inner(children[1]);
    case 'SequencePattern':
      return sequence(children.slice(1, -1), source, depth);
    case 'MappingPattern':
      return mapping(children.slice(1, -1), source, depth);
    default:
      return { kind: 'unknown', names: capturedNames(node, source, depth) };
  }
}

function sequence(nodes: readonly SyntaxNode[], source: Source, depth: number): Pattern {
  const parts = splitAt(nodes, ',').filter((part) => part.length > 0);
  if (parts.some(([part]) => part?.name === 'StarPattern')) {
    return { kind: 'unknown', names: nodes.flatMap((node) => capturedNames(node, source, depth)) };
  }
  return { kind: 'sequence', patterns: parts.map((part) => patternOf(part, source, depth + 1)) };
}

function mapping(nodes: readonly SyntaxNode[], source: Source, depth: number): Pattern {
  const entries = splitAt(nodes, ',').map((part) => splitAt(part, ':'));
  if (entries.some(([key]) => key?.[0]?.name !== 'LiteralPattern')) {
    return { kind: 'unknown', names: nodes.flatMap((node) => capturedNames(node, source, depth)) };
  }
  return {
    kind: 'mapping',
    entries: entries.map(([key, value]) => [
      literal(key?.[0] ? childrenOf(key[0]) : [], source, depth),
      patternOf(value ?? [], source, depth + 1),
    ]),
  };
}

function literal(children: readonly SyntaxNode[], source: Source, depth: number): Expression {
  const [first, second] = children;
  if (first?.name !== 'ArithOp') return tupleOrSingle(children, source, depth);
  const operand = expressionOf(second, source, depth);
  return { kind: 'unary', from: first.from, to: operand.to, operator: source.of(first), operand };
}

/** `Mode.COSINE` */
function attribute(children: readonly SyntaxNode[], source: Source, depth: number): Expression {
  const [first, ...rest] = children.filter(({ name }) => name !== '.');
  return rest.reduce<Expression>(
    (object, part) => {
      const name = source.of(part);
      return { kind: 'attribute', from: object.from, to: part.to, object, name };
    },
    expressionOf(first, source, depth),
  );
}

function capturedNames(node: SyntaxNode, source: Source, depth: number): string[] {
  if (depth > deepestNesting) return [];
  if (node.name === 'CapturePattern') return [source.of(node)];
  return childrenOf(node).flatMap((child) => capturedNames(child, source, depth + 1));
}
