import type { Span } from '../../../checking/finding.ts';
import type { Block, CallExpression, Expression, Statement } from './syntax.ts';

/**
 * The calls in some statements, those within functions and classes too, in their order.
 *
 * @param isOfInterest tells whether to look into a stretch of the text.
 */
export function* callsIn(
  block: Block,
  isOfInterest: (span: Span) => boolean,
): Generator<CallExpression> {
  for (const statement of block) {
    if (!isOfInterest(statement)) continue;
    for (const expression of expressionsOf(statement)) yield* callsWithin(expression);
    for (const inner of blocksOf(statement)) yield* callsIn(inner, isOfInterest);
  }
}

/** The blocks that a statement holds. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'if':
    case 'for':
    case 'while':
      return [statement.body, statement.otherwise];
    case 'function':
    case 'class':
    case 'with':
      return [statement.body];
    case 'try':
      return [statement.body, ...statement.handlers, statement.otherwise, statement.finally];
    case 'match':
      return statement.clauses.map(({ body }) => body);
    default:
      return [];
  }
}

function expressionsOf(statement: Statement): readonly (Expression | undefined)[] {
  switch (statement.kind) {
    case 'assignment':
      return [statement.value];
    case 'update':
    case 'expression':
    case 'return':
      return [statement.value];
    case 'if':
    case 'while':
      return [statement.test];
    case 'for':
      return [statement.iterable];
    case 'function':
      return statement.parameters.map((parameter) => parameter.default);
    case 'class':
      return statement.bases.map(({ value }) => value);
    case 'with':
      return statement.items.map(({ value }) => value);
    case 'match':
      return [statement.subject];
    default:
      return [];
  }
}

function* callsWithin(expression: Expression | undefined): Generator<CallExpression> {
  if (!expression) return;
  if (expression.kind === 'call') yield expression;
  for (const part of partsOf(expression)) yield* callsWithin(part);
}

function partsOf(expression: Expression): readonly (Expression | undefined)[] {
  switch (expression.kind) {
    case 'list':
    case 'tuple':
    case 'set':
      return expression.elements;
    case 'dict':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'comprehension':
      return [
        expression.element,
        expression.value,
        ...expression.clauses.map((clause) =>
          clause.kind === 'if' ? clause.test : clause.iterable,
        ),
      ];
    case 'unary':
      return [expression.operand];
    case 'binary':
    case 'boolean':
      return [expression.left, expression.right];
    case 'comparison':
      return expression.operands;
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    case 'lambda':
      return [expression.body];
    case 'call':
      return [expression.callee, ...expression.args.map(({ value }) => value)];
    case 'attribute':
      return [expression.object];
    case 'subscript':
      return [expression.object, expression.index];
    case 'named':
    case 'starred':
    case 'yield':
      return [expression.value];
    default:
      return [];
  }
}
