import { booleanOf, isBoolean } from './booleans.ts';
import { argumentsOf, parametersOf } from './callArguments.ts';
import { formatParts } from './formatStrings.ts';
import { indexOf } from './indexing.ts';
import { type Source, childrenOf, deepestNesting, splitAt } from './node.ts';
import { numberValue } from './numbers.ts';
import { stringValue } from './strings.ts';
import {
  type Comprehension,
  type ComprehensionClause,
  type DictExpression,
  type Expression,
} from './syntax.ts';
import { type SyntaxNode } from '@lezer/common';

/** The expression of a node; what is nested too deeply is unreadable. */
export function expressionOf(
  node: SyntaxNode | undefined,
  source: Source,
  depth: number,
): Expression {
  if (!node) return { kind: 'unreadable', from: 0, to: 0 };
  const { from, to } = node;
  const unreadable: Expression = { kind: 'unreadable', from, to };
  if (depth > deepestNesting) return unreadable;
  const of = (child: SyntaxNode | undefined): Expression =>
    child ? expressionOf(child, source, depth + 1) : unreadable;
  const text = (child: SyntaxNode): string => source.of(child);
  const children = childrenOf(node);
  const [first, second, third] = children;
  switch (node.name) {
    case 'Number': {
      const value = numberValue(text(node));
      return value === undefined ? unreadable : { kind: 'literal', from, to, value };
    }
    case 'String':
      return { kind: 'literal', from, to, value: stringValue(text(node)) };
    case 'Boolean':
      return { kind: 'literal', from, to, value: text(node) === 'True' };
    case 'None':
      return { kind: 'literal', from, to, value: null };
    case 'Ellipsis':
      return unreadable;
    case 'ContinuedString':
    case 'FormatString':
      return { kind: 'format', from, to, parts: formatParts(node, source, depth) };
    case 'VariableName':
      return { kind: 'name', from, to, name: text(node) };
    case 'ParenthesizedExpression':
      return of(second);
    case 'ArrayExpression':
      return { kind: 'list', from, to, elements: elementsOf(children.slice(1), source, depth) };
    case 'TupleExpression':
      return { kind: 'tuple', from, to, elements: elementsOf(children.slice(1), source, depth) };
    case 'SetExpression':
      return { kind: 'set', from, to, elements: elementsOf(children.slice(1), source, depth) };
    case 'DictionaryExpression':
      return { kind: 'dict', from, to, entries: entriesOf(children.slice(1), of) };
    case 'ArrayComprehensionExpression':
      return comprehensionOf(node, 'list', children.slice(1, -1), of);
    case 'SetComprehensionExpression':
      return comprehensionOf(node, 'set', children.slice(1, -1), of);
    case 'DictionaryComprehensionExpression':
      return comprehensionOf(node, 'dict', children.slice(1, -1), of);
    case 'ComprehensionExpression':
      return comprehensionOf(node, 'generator', children.slice(1, -1), of);
    case 'UnaryExpression':
      if (!first || first.type.isError) return unreadable;
      if (isBoolean(node)) return booleanOf(node, source, depth);
      return { kind: 'unary', from, to, operator: text(first), operand: of(second) };
    case 'BinaryExpression':
      return isBoolean(node) ? booleanOf(node, source, depth) : binaryOf(node, source, depth);
    case 'ConditionalExpression':
      return {
        kind: 'conditional',
        from,
        to,
        then: of(first),
        test: of(third),
        otherwise: of(children[4]),
      };
    case 'LambdaExpression': {
      const parameters = children.find(({ name }) => name === 'ParamList');
      const colon = children.findIndex(({ name }) => name === ':');
      return {
        kind: 'lambda',
        from,
        to,
        parameters: parameters ? parametersOf(parameters, source, depth) : [],
        body: of(children[colon + 1]),
      };
    }
    case 'CallExpression':
      return {
        kind: 'call',
        from,
        to,
        callee: of(first),
        args: second?.name === 'ArgList' ? argumentsOf(second, source, depth) : [],
      };
    case 'MemberExpression':
      if (second?.name === '.') {
        const name = third && !third.type.isError ? text(third) : '';
        return { kind: 'attribute', from, to, object: of(first), name };
      }
      return {
        kind: 'subscript',
        from,
        to,
        object: of(first),
        index: indexOf(children, source, depth),
      };
    case 'NamedExpression':
      if (!first) return unreadable;
      return { kind: 'named', from, to, name: text(first), value: of(third) };
    case 'AwaitExpression':
      return of(second);
    case 'YieldExpression':
      return {
        kind: 'yield',
        from,
        to,
        value: second && !second.type.isError ? of(second) : undefined,
      };
    default:
      return unreadable;
  }
}

/** `a, *b` as a tuple, or a single expression as itself. */
export function tupleOrSingle(
  nodes: readonly SyntaxNode[],
  source: Source,
  depth: number,
): Expression {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (nodes.length === 1 || !first || !last) return expressionOf(first, source, depth);
  const elements = elementsOf(nodes, source, depth);
  const isTuple = nodes.some(({ name }) => name === ',');
  const [element] = elements;
  if (!isTuple && element) return element;
  return { kind: 'tuple', from: first.from, to: last.to, elements };
}

const closers = new Set([')', ']', '}']);

function elementsOf(nodes: readonly SyntaxNode[], source: Source, depth: number): Expression[] {
  const inner = nodes.filter(({ name, type }) => !closers.has(name) && !type.isError);
  return splitAt(inner, ',').flatMap(([first, second]): Expression[] => {
    if (!first) return [];
    if (first.name !== '*') return [expressionOf(first, source, depth + 1)];
    const value = expressionOf(second, source, depth + 1);
    return [{ kind: 'starred', from: first.from, to: value.to, value }];
  });
}

function entriesOf(
  nodes: readonly SyntaxNode[],
  of: (node: SyntaxNode | undefined) => Expression,
): DictExpression['entries'] {
  const inner = nodes.filter(({ name }) => !closers.has(name));
  return splitAt(inner, ',').flatMap(([first, second, third]): DictExpression['entries'] => {
    if (!first || first.type.isError) return [];
    if (first.name === '**') return [{ key: undefined, value: of(second) }];
    return [{ key: of(first), value: of(third) }];
  });
}

/** `ELEMENT for TARGET in ITERABLE if TEST ...`; of a dict `KEY: VALUE for ...`. */
export function comprehensionOf(
  { from, to }: SyntaxNode,
  form: Comprehension['form'],
  children: readonly SyntaxNode[],
  of: (node: SyntaxNode | undefined) => Expression,
): Comprehension {
  const [element, , value] = children;
  const clauses: ComprehensionClause[] = [];
  for (
    let i = children.findIndex(({ name }) => name === 'for');
    i >= 0 && i < children.length;
    i++
  ) {
    const word = children[i]?.name;
    if (word === 'if') clauses.push({ kind: 'if', test: of(children[++i]) });
    if (word !== 'for') continue;
    const end = children.findIndex(({ name }, j) => j > i && name === 'in');
    if (end < 0) break;
    clauses.push({
      kind: 'for',
      target: targetOf(children.slice(i + 1, end), of),
      iterable: of(children[end + 1]),
    });
    i = end + 1;
  }
  return {
    kind: 'comprehension',
    form,
    from,
    to,
    element: of(element),
    value: form === 'dict' ? of(value) : undefined,
    clauses,
  };
}

function targetOf(
  nodes: readonly SyntaxNode[],
  of: (node: SyntaxNode | undefined) => Expression,
): Expression {
  const [first, ...others] = nodes;
  if (!first || others.length === 0) return of(first);
  const elements = splitAt(nodes, ',').flatMap(([element]) => (element ? [of(element)] : []));
  return { kind: 'tuple', from: first.from, to: others.at(-1)?.to ?? first.to, elements };
}

const operatorNames = new Set(['ArithOp', 'BitOp', 'CompareOp', 'and', 'or', 'not', 'in', 'is']);

const comparisonOperators = new Set([
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  'in',
  'not in',
  'is',
  'is not',
]);

function binaryOf(node: SyntaxNode, source: Source, depth: number): Expression {
  const { from, to } = node;
  const children = childrenOf(node);
  const operator = children
    .filter(({ name }) => operatorNames.has(name))
    .map((word) => source.of(word))
    .join(' ');
  const [leftNode, rightNode] = children.filter(({ name }) => !operatorNames.has(name));
  const left = expressionOf(leftNode, source, depth + 1);
  const right: Expression = rightNode
    ? expressionOf(rightNode, source, depth + 1)
    : { kind: 'unreadable', from: to, to };
  if (!comparisonOperators.has(operator))
    return { kind: 'binary', from, to, operator, left, right };
  // `a < b < c` is one comparison, `(a < b) < c` is two.
  if (left.kind === 'comparison' && leftNode?.name === 'BinaryExpression') {
    return {
      kind: 'comparison',
      from,
      to,
      operands: [...left.operands, right],
      operators: [...left.operators, operator],
    };
  }
  return { kind: 'comparison', from, to, operands: [left, right], operators: [operator] };
}
