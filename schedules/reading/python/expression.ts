import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import {
  binaryOperations,
  callFunction,
  comparisons,
  constantOf,
  ExpressionError,
  isTrue,
  numberOf,
  numeric,
  type ExpressionValue,
} from './arithmetic.ts';

/**
 * Gives the value of a name, or undefined where there is none. `depth` is how deep the name stands,
 * for a lookup that evaluates another expression.
 */
export type NameLookup = (name: string, depth: number) => ExpressionValue | undefined;

const longestExpression = 2000;
const deepestExpression = 200;

/**
 * The value of a Python expression of numbers: arithmetic, comparisons, conditional expressions and
 * the functions that schedules are computed with (`round(0.1 * total_steps)`, `math.ceil(...)`).
 *
 * @param depth how deep the name stands whose value this is; bounds the recursion.
 * @throws ExpressionError where it is not such an expression or Python would raise an exception.
 */
export function evaluateExpression(text: string, lookUp: NameLookup, depth = 0): ExpressionValue {
  const { source, expression } = parseExpression(text);
  return new Evaluator(source, lookUp).value(expression, depth);
}

/**
 * The tree of a Python expression.
 *
 * @throws ExpressionError where the text is not one.
 */
export function parseExpression(text: string): { source: string; expression: SyntaxNode } {
  if (text.length > longestExpression) throw new ExpressionError('is too long for an expression');
  // The parser does not know Python's way to write 5.0 without the 0.
  const complete = text.replace(/(?<![\w.])\d[\d_]*\.(?!\d)/g, '$&0');
  // Parentheses let the text begin and end with white space, as it may inside of a Python call.
  const source = `(${complete}\n)`;
  const tree = parser.parse(source);
  const expression = tree.topNode.firstChild?.firstChild;
  const isWhole = expression?.from === 0 && expression.to === source.length;
  if (!isWhole || expression.name !== 'ParenthesizedExpression' || hasErrors(tree)) {
    throw new ExpressionError('is not a Python expression of numbers');
  }
  return { source, expression };
}

function hasErrors(tree: Tree): boolean {
  let found = false;
  tree.iterate({ enter: ({ type }) => void (found ||= type.isError) });
  return found;
}

/** An operation with its operands: `a // b`, `not a`, `f(a, b)`. */
interface Operation {
  readonly operands: readonly SyntaxNode[];
  /** Its words: `//`, `not in`. */
  readonly operator: string;
}

class Evaluator {
  constructor(
    private readonly source: string,
    private readonly lookUp: NameLookup,
  ) {}

  value(node: SyntaxNode, depth: number): ExpressionValue {
    if (depth > deepestExpression) throw new ExpressionError('is nested too deeply');
    const { operands, operator } = this.operation(node);
    const [first, second, third] = operands;
    const evaluate = (operand: SyntaxNode): ExpressionValue => this.value(operand, depth + 1);
    switch (node.name) {
      case 'Number':
        return numberOf(this.text(node));
      case 'String':
        return plainText(this.text(node));
      case 'Boolean':
        return this.text(node) === 'True';
      case 'None':
        return null;
      case 'VariableName':
        return this.named(this.text(node), depth);
      case 'MemberExpression':
        return constantOf(this.text(node));
      case 'ParenthesizedExpression':
        if (first) return evaluate(first);
        break;
      case 'UnaryExpression':
        if (first) return unary(operator, evaluate(first));
        break;
      case 'BinaryExpression':
        if (first && second) return this.binary(node, first, operator, second, depth);
        break;
      case 'ConditionalExpression':
        if (first && second && third) return evaluate(isTrue(evaluate(second)) ? first : third);
        break;
      case 'CallExpression':
        if (first && second) return this.call(first, second, evaluate);
        break;
    }
    throw new ExpressionError(`has ${this.quoted(node)}, which is not an expression of numbers`);
  }

  private named(name: string, depth: number): ExpressionValue {
    const value = this.lookUp(name, depth + 1);
    if (value === undefined) throw new ExpressionError(`uses '${name}', which is not defined`);
    return value;
  }

  private binary(
    node: SyntaxNode,
    left: SyntaxNode,
    operator: string,
    right: SyntaxNode,
    depth: number,
  ): ExpressionValue {
    if (comparisons[operator]) return this.comparison(node, depth).holds;
    const first = this.value(left, depth + 1);
    // Python's `and` and `or` give one of their operands, and look at the second only if need be.
    if (operator === 'and' && !isTrue(first)) return first;
    if (operator === 'or' && isTrue(first)) return first;
    const second = this.value(right, depth + 1);
    if (operator === 'and' || operator === 'or') return second;
    const operate = binaryOperations[operator] ?? notForNumbers(operator);
    return operate(numeric(first), numeric(second));
  }

  /** Whether `a < b < c`, which is `a < b and b < c`, holds, and its last operand. */
  private comparison(node: SyntaxNode, depth: number): { holds: boolean; last: number } {
    const { operands, operator } = this.operation(node);
    const [left, right] = operands;
    const compare = node.name === 'BinaryExpression' ? comparisons[operator] : undefined;
    if (!left || !right || !compare) return { holds: true, last: numeric(this.value(node, depth)) };
    const before = this.comparison(left, depth + 1);
    if (!before.holds) return before;
    const last = numeric(this.value(right, depth + 1));
    return { holds: compare(before.last, last), last };
  }

  private call(
    callee: SyntaxNode,
    list: SyntaxNode,
    evaluate: (argument: SyntaxNode) => ExpressionValue,
  ): number {
    const { operands } = this.operation(list);
    if (allChildren(list).some(({ name }) => notPlain.has(name))) {
      throw new ExpressionError('calls a function with other than plain arguments');
    }
    return callFunction(this.text(callee), operands.map(evaluate));
  }

  private operation(node: SyntaxNode): Operation {
    const all = allChildren(node);
    const words = all.filter(({ name }) => operatorNames.has(name)).map((word) => this.text(word));
    const operands = all.filter(({ name }) => !operatorNames.has(name) && !punctuation.has(name));
    return { operands, operator: words.join(' ') };
  }

  private text(node: SyntaxNode): string {
    return this.source.slice(node.from, node.to);
  }

  private quoted(node: SyntaxNode): string {
    return `'${shortened(this.text(node).trim())}'`;
  }
}

const punctuation = new Set(['(', ')', ',', 'if', 'else', 'Comment']);
/** What a list of arguments has that are named, unpacked or computed one by one. */
const notPlain = new Set(['AssignOp', '*', '**', 'for']);
const operatorNames = new Set(['ArithOp', 'BitOp', 'CompareOp', 'and', 'or', 'not', 'in', 'is']);

function allChildren(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** What a person needs of a text to find it again. */
export function shortened(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

function plainText(literal: string): string {
  const [, , content] = /^(['"])([^\\'"]*)\1$/.exec(literal) ?? [];
  if (content === undefined) throw new ExpressionError('has a text, which is not a number');
  return content;
}

function unary(operator: string, value: ExpressionValue): ExpressionValue {
  switch (operator) {
    case '-':
      return -numeric(value);
    case '+':
      return numeric(value);
    case 'not':
      return !isTrue(value);
    default:
      return notForNumbers(operator);
  }
}

function notForNumbers(operator: string): never {
  throw new ExpressionError(`has the operator ${operator}, which is not for numbers`);
}
