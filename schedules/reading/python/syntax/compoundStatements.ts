import { expressionOf } from './expressions.ts';
import { type Source, childrenOf, deepestNesting, splitAt } from './node.ts';
import { patternOf } from './patterns.ts';
import { bodyAfter, bodyOf } from './statements.ts';
import {
  type Block,
  type Expression,
  type If,
  type MatchClause,
  type Statement,
} from './syntax.ts';
import { type SyntaxNode } from '@lezer/common';

export function ifOf(
  { from, to }: SyntaxNode,
  children: readonly SyntaxNode[],
  source: Source,
  depth: number,
): If {
  const tests = children.flatMap(({ name }, i) => (name === 'if' || name === 'elif' ? [i] : []));
  const test = (at: number): Expression => expressionOf(children[at + 1], source, depth + 1);
  const body = (at: number): Block => {
    const next = children.findIndex(({ name }, i) => i > at && name === 'Body');
    return bodyOf(children[next], source, depth);
  };
  // The first few dozen of them nest, as the text means it; more would be too deep.
  const [first = 0, ...others] = tests.slice(0, deepestNesting);
  const otherwise = others.reduceRight<Block>(
    (rest, at) => [
      {
        kind: 'if',
        from: children[at]?.from ?? from,
        to,
        test: test(at),
        body: body(at),
        otherwise: rest,
      },
    ],
    bodyAfter(children, 'else', source, depth),
  );
  return { kind: 'if', from, to, test: test(first), body: body(first), otherwise };
}

export function withOf(
  { from, to }: SyntaxNode,
  children: readonly SyntaxNode[],
  source: Source,
  depth: number,
): Statement {
  const body = children.findIndex(({ name }) => name === 'Body');
  const items = splitAt(children.slice(1, body < 0 ? undefined : body), ',').map((nodes) => {
    const [value, target] = splitAt(nodes, 'as').map(([node]) => node);
    return {
      value: expressionOf(value, source, depth + 1),
      target: target && expressionOf(target, source, depth + 1),
    };
  });
  return { kind: 'with', from, to, items, body: bodyOf(children[body], source, depth) };
}

export function clausesOf(
  body: SyntaxNode | undefined,
  source: Source,
  depth: number,
): MatchClause[] {
  if (body?.name !== 'MatchBody') return [];
  return childrenOf(body)
    .filter(({ name }) => name === 'MatchClause')
    .map((clause) => {
      const children = childrenOf(clause);
      const guard = children.find(({ name }) => name === 'Guard');
      const end = children.findIndex(({ name }) => name === 'Guard' || name === 'Body');
      return {
        pattern: patternOf(children.slice(1, end < 0 ? undefined : end), source, depth + 1),
        guard: guard && expressionOf(childrenOf(guard)[1], source, depth + 1),
        body: bodyOf(children.at(-1), source, depth),
      };
    });
}
