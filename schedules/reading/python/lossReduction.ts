import { bareCode, closingBracket, enclosingBracket, functionEnd } from './bareCode.ts';

type Reduction = 'sum' | 'mean';

const crossEntropies =
  /(?:softmax_cross_entropy|sigmoid_binary_cross_entropy|optax\.losses?\.)\w*\(/;
/** More of them than any training has. */
const most = 50;

/** How the losses of a batch become one where a text takes a cross-entropy, if it can be seen. */
export function lossReduction(text: string): Reduction | undefined {
  if (!crossEntropies.test(text)) return undefined;
  const code = bareCode(text);
  const calls = [...code.matchAll(new RegExp(crossEntropies, 'g'))].slice(0, most);
  for (const { 0: call, index } of calls) {
    if (/\bdef\s+$/.test(code.slice(Math.max(0, index - 10), index))) continue;
    const close = closingBracket(code, index + call.length - 1);
    const found = close !== undefined && reductionOf(code, { from: index, to: close + 1 });
    if (found) return found;
  }
  return undefined;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** A name that stands for others more often than this is not followed. */
const mostNames = 3;

/** How what stands at a place is reduced: there, or under the name that it is given. */
function reductionOf(code: string, place: Place, names = 0): Reduction | undefined {
  const { whole, overAxis, outermost } = reductionsAround(code, place);
  if (whole) return whole;
  const line = code.slice(code.lastIndexOf('\n', outermost.from - 1) + 1, outermost.from);
  const [, name] = /^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=]*)?=(?!=)/.exec(line) ?? [];
  if (name === undefined || names === mostNames) return overAxis;
  const rest = code.slice(0, functionEnd(code, outermost.from));
  const mention = new RegExp(String.raw`(?<![\w.])${name}\b(?!\s*=[^=])`, 'g');
  mention.lastIndex = outermost.to;
  for (let i = 0; i < most; i++) {
    const { index: from } = mention.exec(rest) ?? {};
    if (from === undefined) break;
    const found = reductionOf(rest, { from, to: from + name.length }, names + 1);
    if (found) return found;
  }
  return overAxis;
}

interface Reductions {
  readonly whole?: Reduction | undefined;
  /** Over an axis that need not be that of the batch. */
  readonly overAxis?: Reduction | undefined;
  /** The outermost expression of the statement. */
  readonly outermost: Place;
}

const reductions = new Map<string | undefined, Reduction>([
  ['sum', 'sum'],
  ['mean', 'mean'],
  ['average', 'mean'],
]);

/** The reductions that an expression is in, from the inside: its methods, and calls around it. */
function reductionsAround(code: string, inner: Place): Reductions {
  let outermost = inner;
  let overAxis: Reduction | undefined;
  /** Notes a reduction; true where it leaves one number. */
  const isWhole = (reduction: Reduction | undefined, args: string): boolean => {
    if (reduction && isOverAxis(args)) overAxis = reduction;
    return reduction !== undefined && !isOverAxis(args);
  };
  for (;;) {
    const { from } = outermost;
    let { to } = outermost;
    for (let next = suffixAt(code, to); next; next = suffixAt(code, to)) {
      to = next.to;
      const reduction = reductions.get(next.method);
      if (isWhole(reduction, next.args))
        return { whole: dividedAt(code, to, reduction), outermost };
    }
    const open = enclosingBracket(code, from);
    const close = open === undefined ? undefined : closingBracket(code, open);
    if (open === undefined || close === undefined) {
      return { overAxis, outermost: { from, to } };
    }
    const [callee = '', , name] =
      /(\w+\s*\.\s*)*(\w+)$/.exec(code.slice(Math.max(0, open - 60), open)) ?? [];
    outermost = { from: open - callee.length, to: close + 1 };
    const reduction = code.charAt(open) === '(' ? reductions.get(name) : undefined;
    if (isWhole(reduction, code.slice(to, close))) {
      return { whole: dividedAt(code, close + 1, reduction), outermost };
    }
  }
}

/** What is done with a value behind it: a call, of it or of a method, an item or an attribute. */
function suffixAt(
  code: string,
  at: number,
):
  { readonly method?: string | undefined; readonly args: string; readonly to: number } | undefined {
  const suffix = /[\s\\]*\.\s*(\w+)(?:\s*(\())?|[ \t]*([([])/y;
  suffix.lastIndex = at;
  const found = suffix.exec(code);
  if (!found) return undefined;
  const [, method, call, bracket] = found;
  if ((call ?? bracket) === undefined) return { args: '', to: suffix.lastIndex };
  const close = closingBracket(code, suffix.lastIndex - 1);
  return close === undefined
    ? undefined
    : { method, args: code.slice(suffix.lastIndex, close), to: close + 1 };
}

/** A sum that is divided, by the number of examples or of what counts of them, is a mean. */
function dividedAt(
  code: string,
  at: number,
  reduction: Reduction | undefined,
): Reduction | undefined {
  return /^[ \t]*\/(?!\/)/.test(code.slice(at, at + 20)) ? 'mean' : reduction;
}

/** Whether a reduction keeps the first axis, that of the batch. */
function isOverAxis(args: string): boolean {
  const [, axis] = /\baxis\s*=\s*(-?\w+|\()/.exec(args) ?? /^\s*,?\s*(-?\d+|\()/.exec(args) ?? [];
  return axis !== undefined && axis !== '0' && axis !== 'None';
}
