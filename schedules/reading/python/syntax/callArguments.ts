import { comprehensionOf, expressionOf } from './expressions.ts';
import { type Source, childrenOf, splitAt } from './node.ts';
import { type Argument, type Expression, type Parameter } from './syntax.ts';
import { type SyntaxNode } from '@lezer/common';

/** The arguments of a call or the bases of a class. */
export function argumentsOf(list: SyntaxNode, source: Source, depth: number): Argument[] {
  const children = childrenOf(list).filter(({ name, type }) => {
    return name !== '(' && name !== ')' && !type.isError;
  });
  const isGenerator = children.some(({ name }) => name === 'for');
  if (isGenerator) {
    const of = (node: SyntaxNode | undefined): Expression => expressionOf(node, source, depth + 1);
    const value = comprehensionOf(list, 'generator', children, of);
    return [{ name: undefined, spread: '', value, from: value.from, to: value.to }];
  }
  return splitAt(children, ',').flatMap((nodes): Argument[] => {
    const [first, second, third] = nodes;
    const last = nodes.at(-1);
    if (!first || !last) return [];
    const { from } = first;
    const { to } = last;
    if (first.name === '*' || first.name === '**') {
      const value = expressionOf(second, source, depth + 1);
      return [{ from, to, name: undefined, spread: first.name, value }];
    }
    if (second?.name !== 'AssignOp') {
      const value = expressionOf(first, source, depth + 1);
      return [{ from, to, name: undefined, spread: '', value }];
    }
    const value: Expression = third
      ? expressionOf(third, source, depth + 1)
      : { kind: 'unreadable', from: second.to, to: second.to };
    const name = source.of(first);
    // The grammar has no expression for `f(name := value)`.
    return source.of(second) === ':='
      ? [{ from, to, name: undefined, spread: '', value: { kind: 'named', from, to, name, value } }]
      : [{ from, to, name, spread: '', value }];
  });
}

export function parametersOf(list: SyntaxNode, source: Source, depth: number): Parameter[] {
  const children = childrenOf(list).filter(({ name, type }) => {
    return name !== '(' && name !== ')' && !type.isError;
  });
  let keywordOnly = false;
  return splitAt(children, ',').flatMap((nodes): Parameter[] => {
    const [first, second] = nodes;
    if (!first) return [];
    const isStar = first.name === '*' || first.name === '**';
    if (first.name === '*') keywordOnly = true;
    const nameNode = isStar ? second : first;
    if (nameNode?.name !== 'VariableName') return [];
    const typeNode = nodes.find(({ name }) => name === 'TypeDef');
    const assign = nodes.findIndex(({ name }) => name === 'AssignOp');
    const value = assign >= 0 ? nodes[assign + 1] : undefined;
    return [
      {
        from: nameNode.from,
        to: nameNode.to,
        name: source.of(nameNode),
        annotation: typeNode ? annotationOf(typeNode, source, depth) : undefined,
        default: value ? expressionOf(value, source, depth + 1) : undefined,
        form: isStar ? (first.name === '*' ? '*' : '**') : keywordOnly ? 'keyword' : 'positional',
      },
    ];
  });
}

export function annotationOf(node: SyntaxNode, source: Source, depth: number): Expression {
  return expressionOf(
    childrenOf(node).find(({ name }) => name !== ':'),
    source,
    depth + 1,
  );
}
