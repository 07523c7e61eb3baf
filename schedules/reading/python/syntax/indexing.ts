import { expressionOf } from './expressions.ts';
import { type Source, splitAt } from './node.ts';
import { type Expression } from './syntax.ts';
import { type SyntaxNode } from '@lezer/common';

/** What stands between the brackets of `a[...]`: an expression, a slice, or a tuple of them. */
export function indexOf(
  children: readonly SyntaxNode[],
  source: Source,
  depth: number,
): Expression {
  const inner = children.slice(2).filter(({ name, type }) => name !== ']' && !type.isError);
  const end = children.at(-1)?.to ?? 0;
  const elements = splitAt(inner, ',')
    .filter((nodes) => nodes.length > 0)
    .map((nodes) => indexElement(nodes, source, depth));
  const [first] = elements;
  if (!first) return { kind: 'unreadable', from: end, to: end };
  if (elements.length === 1 && !inner.some(({ name }) => name === ',')) return first;
  return { kind: 'tuple', from: first.from, to: elements.at(-1)?.to ?? first.to, elements };
}

function indexElement(nodes: readonly SyntaxNode[], source: Source, depth: number): Expression {
  const of = (node: SyntaxNode): Expression => expressionOf(node, source, depth + 1);
  const [first] = nodes;
  const last = nodes.at(-1);
  if (!first || !last) return { kind: 'unreadable', from: 0, to: 0 };
  if (!nodes.some(({ name }) => name === ':')) {
    const starred = first.name === '*' ? nodes[1] : undefined;
    return starred
      ? { kind: 'starred', from: first.from, to: last.to, value: of(starred) }
      : of(first);
  }
  const [start, stop, step] = splitAt(nodes, ':').map(([node]) => node && of(node));
  return { kind: 'slice', from: first.from, to: last.to, start, stop, step };
}
