import { annotationOf, argumentsOf, parametersOf } from './callArguments.ts';
import { clausesOf, ifOf, withOf } from './compoundStatements.ts';
import { expressionOf, tupleOrSingle } from './expressions.ts';
import { importOf } from './importStatements.ts';
import { type Source, childrenOf, deepestNesting, splitAt } from './node.ts';
import { type Block, type Expression, type Statement } from './syntax.ts';
import { type SyntaxNode } from '@lezer/common';

/** The statements among some nodes; what is no statement is left out. */
export function blockOf(nodes: readonly SyntaxNode[], source: Source, depth: number): Block {
  if (depth > deepestNesting) return [];
  return nodes.flatMap((node) => {
    if (node.name === 'StatementGroup') return blockOf(childrenOf(node), source, depth);
    return statementOf(node, source, depth, []) ?? [];
  });
}

export function bodyOf(node: SyntaxNode | undefined, source: Source, depth: number): Block {
  return node?.name === 'Body' ? blockOf(childrenOf(node), source, depth + 1) : [];
}

/** The body that follows a word such as `else`. */
export function bodyAfter(
  children: readonly SyntaxNode[],
  word: string,
  source: Source,
  depth: number,
): Block {
  const at = children.findIndex(({ name }) => name === word);
  return at < 0 ? [] : bodyOf(children[at + 1], source, depth);
}

function statementOf(
  node: SyntaxNode,
  source: Source,
  depth: number,
  decorators: readonly Expression[],
): Statement | undefined {
  const { from, to } = node;
  const children = childrenOf(node).filter(({ name }) => name !== 'async');
  const expression = (child: SyntaxNode | undefined): Expression =>
    expressionOf(child, source, depth + 1);
  const tuple = (nodes: readonly SyntaxNode[]): Expression =>
    tupleOrSingle(nodes, source, depth + 1);
  const [first, second, third] = children;
  switch (node.name) {
    case 'ExpressionStatement':
      return { kind: 'expression', from, to, value: tuple(children) };
    case 'AssignStatement': {
      const parts = splitAt(children, 'AssignOp');
      const typeNode = children.find(({ name }) => name === 'TypeDef');
      const annotation = typeNode && annotationOf(typeNode, source, depth);
      const expressions = parts.map((nodes) => tuple(nodes.filter((part) => part !== typeNode)));
      if (parts.length === 1)
        return { kind: 'assignment', from, to, targets: expressions, annotation, value: undefined };
      return {
        kind: 'assignment',
        from,
        to,
        targets: expressions.slice(0, -1),
        annotation,
        value: expressions.at(-1),
      };
    }
    case 'UpdateStatement':
      if (!second) return undefined;
      return {
        kind: 'update',
        from,
        to,
        target: expression(first),
        operator: source.of(second).slice(0, -1),
        value: tuple(children.slice(2)),
      };
    case 'ReturnStatement':
      return { kind: 'return', from, to, value: second && tuple(children.slice(1)) };
    case 'IfStatement':
      return ifOf(node, children, source, depth);
    case 'ForStatement': {
      const at = children.findIndex(({ name }) => name === 'in');
      const body = children.findIndex(({ name }) => name === 'Body');
      if (at < 0) return undefined;
      return {
        kind: 'for',
        from,
        to,
        target: tuple(children.slice(1, at)),
        iterable: tuple(children.slice(at + 1, body < 0 ? undefined : body)),
        body: bodyOf(children[body], source, depth),
        otherwise: bodyAfter(children, 'else', source, depth),
      };
    }
    case 'WhileStatement':
      return {
        kind: 'while',
        from,
        to,
        test: expression(second),
        body: bodyOf(third, source, depth),
        otherwise: bodyAfter(children, 'else', source, depth),
      };
    case 'FunctionDefinition': {
      const nameNode = children.find(({ name }) => name === 'VariableName');
      if (!nameNode) return undefined;
      const parameters = children.find(({ name }) => name === 'ParamList');
      let unread = children.find(({ name }) => name === 'Body');
      const yields = unread !== undefined && /\byield\b/.test(source.of(unread));
      // Most functions of a program are never followed: their bodies are read when they are.
      let body: Block | undefined;
      return {
        kind: 'function',
        from,
        to,
        name: source.of(nameNode),
        nameSpan: { from: nameNode.from, to: nameNode.to },
        parameters: parameters ? parametersOf(parameters, source, depth) : [],
        get body() {
          body ??= bodyOf(unread, source, depth);
          // The parser's tree is not needed any more.
          unread = undefined;
          return body;
        },
        decorators,
        yields,
      };
    }
    case 'ClassDefinition': {
      const bases = children.find(({ name }) => name === 'ArgList');
      if (second?.name !== 'VariableName') return undefined;
      return {
        kind: 'class',
        from,
        to,
        name: source.of(second),
        bases: bases ? argumentsOf(bases, source, depth) : [],
        body: bodyOf(
          children.find(({ name }) => name === 'Body'),
          source,
          depth,
        ),
        decorators,
      };
    }
    case 'DecoratedStatement': {
      const definition = children.at(-1);
      if (!definition || definition.name === 'Decorator') return undefined;
      const found = children
        .filter(({ name }) => name === 'Decorator')
        .map((decorator) => decoratorOf(decorator, source, depth));
      return statementOf(definition, source, depth, found);
    }
    case 'ImportStatement':
      return importOf(node, children, source);
    case 'WithStatement':
      return withOf(node, children, source, depth);
    case 'TryStatement':
      return {
        kind: 'try',
        from,
        to,
        body: bodyAfter(children, 'try', source, depth),
        handlers: splitAt(children, 'except')
          .slice(1)
          .map((nodes) =>
            bodyOf(
              nodes.find(({ name }) => name === 'Body'),
              source,
              depth,
            ),
          ),
        otherwise: bodyAfter(children, 'else', source, depth),
        finally: bodyAfter(children, 'finally', source, depth),
      };
    case 'MatchStatement':
      return {
        kind: 'match',
        from,
        to,
        subject: tuple(children.slice(1, -1)),
        clauses: clausesOf(children.at(-1), source, depth),
      };
    case 'ScopeStatement':
      return {
        kind: 'scope',
        from,
        to,
        form: first?.name === 'global' ? 'global' : 'nonlocal',
        names: children
          .filter(({ name }) => name === 'VariableName')
          .map((child) => source.of(child)),
      };
    case 'DeleteStatement': {
      const target = tuple(children.slice(1));
      const targets = target.kind === 'tuple' ? target.elements : [target];
      return { kind: 'delete', from, to, targets };
    }
    case 'PassStatement':
      return { kind: 'pass', from, to };
    case 'BreakStatement':
      return { kind: 'break', from, to };
    case 'ContinueStatement':
      return { kind: 'continue', from, to };
    case 'RaiseStatement':
      return { kind: 'raise', from, to };
    case 'YieldStatement':
      return {
        kind: 'expression',
        from,
        to,
        value: { kind: 'yield', from, to, value: second && tuple(children.slice(1)) },
      };
    default:
      return undefined;
  }
}

/** `@a.b(c)`, of which the tree has only the parts. */
function decoratorOf(node: SyntaxNode, source: Source, depth: number): Expression {
  const [, first, ...rest] = childrenOf(node);
  let expression = expressionOf(first, source, depth + 1);
  for (const part of rest) {
    const { from } = expression;
    if (part.name === 'ArgList') {
      const args = argumentsOf(part, source, depth);
      expression = { kind: 'call', from, to: part.to, callee: expression, args };
    } else if (part.name !== '.') {
      const name = source.of(part);
      expression = { kind: 'attribute', from, to: part.to, object: expression, name };
    }
  }
  return expression;
}
