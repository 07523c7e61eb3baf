import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';

/** An expression that has no value: says what is wrong with it, as a sentence without a subject. */
export class ExpressionError extends Error {}

export type ExpressionValue = number | boolean | string | null;

/** Gives the value of a name, or undefined where there is none. */
export type NameLookup = (name: string) => ExpressionValue | undefined;

const longestExpression = 2000;
const deepestExpression = 100;

/**
 * The value of a Python expression of numbers: arithmetic, comparisons, conditional expressions and
 * the functions that schedules are computed with (`round(0.1 * total_steps)`, `math.ceil(...)`).
 *
 * @throws ExpressionError where it is not such an expression or Python would raise an exception.
 */
export function evaluateExpression(text: string, lookUp: NameLookup): ExpressionValue {
  if (text.length > longestExpression) throw new ExpressionError('is too long for an expression');
  // Parentheses let the text begin and end with white space, as it may inside of a Python call.
  const source = `(${text}\n)`;
  const tree = parser.parse(source);
  const expression = tree.topNode.firstChild?.firstChild;
  if (!expression || hasErrors(tree) || text.trim() === '' || expression.nextSibling) {
    throw new ExpressionError(`'${text}' is not a Python expression`);
  }
  return new Evaluator(source, lookUp).value(expression, 0);
}

function hasErrors(tree: Tree): boolean {
  let found = false;
  tree.iterate({ enter: ({ type }) => void (found ||= type.isError) });
  return found;
}

class Evaluator {
  constructor(
    private readonly source: string,
    private readonly lookUp: NameLookup,
  ) {}

  value(node: SyntaxNode, depth: number): ExpressionValue {
    if (depth > deepestExpression) throw new ExpressionError('is nested too deeply');
    const operands = () => children(node).map((child) => this.value(child, depth + 1));
    switch (node.name) {
      case 'Number':
        return numberOf(this.text(node));
      case 'String':
        return this.text(node).slice(1, -1);
      case 'Boolean':
        return this.text(node) === 'True';
      case 'None':
        return null;
      case 'VariableName':
        return this.named(this.text(node));
      case 'ParenthesizedExpression':
        return this.only(node, depth);
      case 'UnaryExpression':
        return unary(this.operators(node)[0] ?? '', numeric(operands()[0]));
      case 'BinaryExpression':
        return this.binary(node, depth);
      case 'ConditionalExpression': {
        const [then, test, otherwise] = children(node);
        if (!then || !test || !otherwise) break;
        return this.value(this.value(test, depth + 1) ? then : otherwise, depth + 1);
      }
      case 'CallExpression':
        return this.call(node, depth);
    }
    throw new ExpressionError(`'${this.text(node)}' is not an expression of numbers`);
  }

  private only(node: SyntaxNode, depth: number): ExpressionValue {
    const [inner, ...others] = children(node);
    if (!inner || others.length > 0)
      throw new ExpressionError(`'${this.text(node)}' is incomplete`);
    return this.value(inner, depth + 1);
  }

  private named(name: string): ExpressionValue {
    const value = this.lookUp(name);
    if (value === undefined) throw new ExpressionError(`uses '${name}', which is not defined`);
    return value;
  }

  private binary(node: SyntaxNode, depth: number): ExpressionValue {
    const [left, right, ...others] = children(node);
    const operator = this.operators(node).join(' ');
    if (!left || !right || others.length > 0) {
      throw new ExpressionError(`'${this.text(node)}' is incomplete`);
    }
    const first = this.value(left, depth + 1);
    // Python's `and` and `or` give one of their operands, and look at the second only if need be.
    if (operator === 'and' && !first) return first;
    if (operator === 'or' && first) return first;
    if (operator === 'and' || operator === 'or') return this.value(right, depth + 1);
    const operation = binaryOperations[operator];
    if (!operation)
      throw new ExpressionError(`has the operator ${operator}, which is not for numbers`);
    return operation(numeric(first), numeric(this.value(right, depth + 1)));
  }

  private call(node: SyntaxNode, depth: number): ExpressionValue {
    const [callee, list] = children(node);
    const name = callee ? this.text(callee).replace(/^(math|np|jnp)\./, '') : '';
    const f = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!f) throw new ExpressionError(`calls '${name}', which is not available here`);
    const args = list ? children(list).map((child) => this.value(child, depth + 1)) : [];
    return f(...args);
  }

  private text(node: SyntaxNode): string {
    return this.source.slice(node.from, node.to);
  }

  /** The operator's words between the operands: `not`, `//`, `>=`. */
  private operators(node: SyntaxNode): string[] {
    return allChildren(node)
      .filter(isOperator)
      .map((child) => this.text(child));
  }
}

const punctuation = new Set(['(', ')', ',', 'if', 'else']);
const operatorNames = new Set(['ArithOp', 'BitOp', 'CompareOp', 'and', 'or', 'not', 'in', 'is']);

function isOperator(node: SyntaxNode): boolean {
  return operatorNames.has(node.name);
}

function allChildren(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** The operands of a node: its children without punctuation, operators and comments. */
function children(node: SyntaxNode): SyntaxNode[] {
  return allChildren(node).filter(
    (child) => !punctuation.has(child.name) && !isOperator(child) && child.name !== 'Comment',
  );
}

function numeric(value: ExpressionValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  throw new ExpressionError(
    `computes with ${value === null ? 'None' : 'text'}, which is not a number`,
  );
}

function numberOf(text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isNaN(value)) throw new ExpressionError(`has the number ${text}, which is not real`);
  return value;
}

function unary(operator: string, value: number): ExpressionValue {
  switch (operator) {
    case '-':
      return -value;
    case '+':
      return value;
    case 'not':
      return !value;
    default:
      throw new ExpressionError(`has the operator ${operator}, which is not for numbers`);
  }
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw new ExpressionError('divides by zero');
  return divisor;
}

function floorDivide(a: number, b: number): number {
  return Math.floor(a / nonZero(b));
}

const binaryOperations: Readonly<
  Partial<Record<string, (a: number, b: number) => ExpressionValue>>
> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / nonZero(b),
  '//': floorDivide,
  // The remainder has the sign of the divisor, as in Python.
  '%': (a, b) => ((a % nonZero(b)) + b) % b,
  '**': (a, b) => a ** b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** Python rounds halves to the even neighbour. */
function roundHalfToEven(value: number): number {
  const lower = Math.floor(value);
  if (value - lower !== 0.5) return Math.round(value);
  return lower % 2 === 0 ? lower : lower + 1;
}

function toFloat(value: ExpressionValue | undefined): number {
  if (typeof value !== 'string') return numeric(value);
  const named: Partial<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };
  return named[value.trim().toLowerCase()] ?? numberOf(value);
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new ExpressionError(`has no whole number for ${value}`);
  return value;
}

const functions: Readonly<
  Partial<Record<string, (...args: (ExpressionValue | undefined)[]) => ExpressionValue>>
> = {
  int: (x) => Math.trunc(finite(toFloat(x))),
  float: toFloat,
  round: (x, digits = 0) => {
    const scale = 10 ** numeric(digits);
    return roundHalfToEven(finite(numeric(x)) * scale) / scale;
  },
  abs: (x) => Math.abs(numeric(x)),
  min: (...values) => Math.min(...values.map(numeric)),
  max: (...values) => Math.max(...values.map(numeric)),
  ceil: (x) => Math.ceil(finite(numeric(x))),
  floor: (x) => Math.floor(finite(numeric(x))),
  sqrt: (x) => Math.sqrt(numeric(x)),
  exp: (x) => Math.exp(numeric(x)),
  log: (x) => Math.log(numeric(x)),
  pow: (x, y) => numeric(x) ** numeric(y),
};
