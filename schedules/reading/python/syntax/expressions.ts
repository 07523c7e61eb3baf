import type { SyntaxNode } from '@lezer/common';
import { childrenOf, deepestNesting, splitAt, type Source } from './node.ts';
import { stringValue, unescaped } from './strings.ts';
import type {
  Argument,
  Comprehension,
  ComprehensionClause,
  DictExpression,
  Expression,
  Literal,
  Parameter,
  Replacement,
} from './syntax.ts';

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
function comprehensionOf(
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

/** `a and b`, or `not a and b`, which the parser takes for `not (a and b)`. */
function isBoolean(node: SyntaxNode): boolean {
  if (node.name === 'BinaryExpression') {
    return childrenOf(node).some(({ name }) => name === 'and' || name === 'or');
  }
  const [word, operand] = node.name === 'UnaryExpression' ? childrenOf(node) : [];
  return word?.name === 'not' && operand !== undefined && isBoolean(operand);
}

/** Operands with the words between them, as they stand in the text. */
interface BooleanChain {
  readonly operands: readonly Expression[];
  readonly operators: readonly ('and' | 'or')[];
}

/** Whatever tree the parser made, `not` binds closer than `and`, and `and` closer than `or`. */
function booleanOf(node: SyntaxNode, source: Source, depth: number): Expression {
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
    const place = { from: first.from, to: last.to };
    if (first.name === '*' || first.name === '**') {
      const value = expressionOf(second, source, depth + 1);
      return [{ ...place, name: undefined, spread: first.name, value }];
    }
    if (second?.name !== 'AssignOp') {
      return [
        { ...place, name: undefined, spread: '', value: expressionOf(first, source, depth + 1) },
      ];
    }
    const value: Expression = third
      ? expressionOf(third, source, depth + 1)
      : { kind: 'unreadable', from: second.to, to: second.to };
    const name = source.of(first);
    // The grammar has no expression for `f(name := value)`.
    return source.of(second) === ':='
      ? [{ ...place, name: undefined, spread: '', value: { kind: 'named', ...place, name, value } }]
      : [{ ...place, name, spread: '', value }];
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

/** What stands between the brackets of `a[...]`: an expression, a slice, or a tuple of them. */
function indexOf(children: readonly SyntaxNode[], source: Source, depth: number): Expression {
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

function formatParts(node: SyntaxNode, source: Source, depth: number): (string | Replacement)[] {
  if (node.name === 'ContinuedString') {
    return childrenOf(node).flatMap((part) => {
      return part.name === 'String'
        ? [stringValue(source.of(part))]
        : formatParts(part, source, depth);
    });
  }
  const { text } = source;
  const [, quote = ''] = /^[a-z]*("""|'''|"|')/i.exec(source.of(node)) ?? [];
  const plain = (from: number, to: number): string[] => {
    return from < to
      ? [unescaped(text.slice(from, to)).replaceAll('{{', '{').replaceAll('}}', '}')]
      : [];
  };
  let at = text.indexOf(quote, node.from) + quote.length;
  const parts: (string | Replacement)[] = [];
  for (const replacement of childrenOf(node).filter(({ name }) => name === 'FormatReplacement')) {
    parts.push(...plain(at, replacement.from));
    at = replacement.to;
    const [, value, ...rest] = childrenOf(replacement);
    const spec = rest.find(({ name }) => name === 'FormatSpec');
    const selfDocumenting = rest.some(({ name }) => name === 'FormatSelfDoc');
    if (value && selfDocumenting) parts.push(`${source.of(value)}=`);
    parts.push({
      value: expressionOf(value, source, depth + 1),
      format: spec ? source.of(spec).slice(1) : '',
    });
  }
  parts.push(...plain(at, Math.max(at, node.to - quote.length)));
  return parts;
}

const integer = /^(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*)$/;
/** A longer one takes time to read, and no schedule has it. */
const mostDigits = 1000;

/** The value of a number in Python's spelling; undefined for what Python refuses, and for 1j. */
export function numberValue(text: string): Literal | undefined {
  // Python refuses 0777, which would be octal in C.
  if (text.length > mostDigits || /__|_$|^0[\d_]*[1-9][\d_]*$/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  if (integer.test(text)) return BigInt(plain);
  const value = Number(plain);
  return Number.isNaN(value) ? undefined : value;
}
