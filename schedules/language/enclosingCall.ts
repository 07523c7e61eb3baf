import type { Span } from '../checking/finding.ts';
import type { OptaxFunction, Parameter } from '../optax/optaxFunction.ts';
import type { OptaxNames } from './optaxNames.ts';
import { isClosing, isOpening, type Token } from './pythonStatements.ts';

/** An argument as it is written; an empty one where nothing stands yet. */
export interface WrittenArgument {
  /** `*` and `**` for what stands for several arguments. */
  readonly name?: string;
  /** What is given, or an empty stretch. */
  readonly value: Span;
}

/** The innermost call around an offset, where it is one of a schedule function or an optimizer. */
export interface EnclosingCall {
  readonly kind: 'schedule' | 'optimizer';
  readonly function: OptaxFunction;
  /** From the function's name on, up to and with the bracket that closes the call, if one does. */
  readonly span: Span;
  readonly arguments: readonly WrittenArgument[];
  /** Which argument the offset is in. */
  readonly active: number;
  /** The brackets within the argument that are open at the offset, outermost first. */
  readonly nesting: readonly string[];
}

/**
 * Finds the call in a statement, which may be unfinished. Of `functools.partial(optax.X, ...)` what
 * follows the function counts as the arguments of X.
 */
export function enclosingCall(
  tokens: readonly Token[],
  offset: number,
  names: OptaxNames,
): EnclosingCall | undefined {
  const nesting: string[] = [];
  for (const open of openBrackets(tokens, offset).toReversed()) {
    const bracket = tokens[open]?.text ?? '';
    const callee = bracket === '(' ? dottedNameBefore(tokens, open) : undefined;
    if (callee) return callOf(tokens, offset, { open, callee, nesting, names });
    // What stands before tells a call of something else, or a subscript.
    const before = tokens[open - 1];
    const isOperand = before && (before.kind !== 'sign' || isClosing(before.text));
    if (bracket !== '{' && isOperand && !isKeyword(before.text)) return undefined;
    nesting.unshift(bracket);
  }
  return undefined;
}

/** The parameter that the argument at the offset is for, as far as it can be told. */
export function activeParameter(call: EnclosingCall): Parameter | undefined {
  const { function: f, arguments: written, active } = call;
  const argument = written[active];
  if (argument?.name !== undefined) return f.parameters.find(({ name }) => name === argument.name);
  const isAfterKeyword = written.slice(0, active).some(({ name }) => name !== undefined);
  if (isAfterKeyword) return missingParameters(call)[0];
  return f.parameters.filter(({ keywordOnly }) => !keywordOnly)[active];
}

/** The parameters that a call does not give, in their order; the active argument gives nothing yet. */
export function missingParameters({
  function: { parameters },
  arguments: written,
  active,
}: EnclosingCall): readonly Parameter[] {
  const given = new Set(
    written.flatMap(({ name, value }, i) => {
      if (i === active && name === undefined) return [];
      if (name !== undefined) return [name];
      return value.from < value.to ? (parameters[i]?.name ?? []) : [];
    }),
  );
  return parameters.filter(({ name }) => !given.has(name));
}

/** The tokens of the brackets that are open at an offset, outermost first. */
export function openBrackets(tokens: readonly Token[], offset: number): readonly number[] {
  const open: number[] = [];
  for (const [i, { kind, text, to }] of tokens.entries()) {
    if (to > offset) break;
    if (kind !== 'sign') continue;
    if (isOpening(text)) open.push(i);
    else if (isClosing(text)) open.pop();
  }
  return open;
}

interface Dotted extends Span {
  readonly text: string;
}

/** The dotted name that ends right before a token. */
export function dottedNameBefore(tokens: readonly Token[], index: number): Dotted | undefined {
  let first = index - 1;
  const last = tokens[first];
  if (last?.kind !== 'name' || isKeyword(last.text)) return undefined;
  while (tokens[first - 1]?.text === '.' && tokens[first - 2]?.kind === 'name') first -= 2;
  // `f().linear_schedule` is no name.
  if (tokens[first - 1]?.text === '.') return undefined;
  const text = tokens
    .slice(first, index)
    .map((token) => token.text)
    .join('');
  return { from: tokens[first]?.from ?? last.from, to: last.to, text };
}

/** Words after which a bracket opens no call. */
const isKeyword = (word: string): boolean =>
  /^(?:and|assert|await|elif|else|if|in|is|lambda|not|or|print|return|while|yield)$/.test(word);

interface Place {
  readonly open: number;
  readonly callee: Dotted;
  readonly nesting: readonly string[];
  readonly names: OptaxNames;
}

function callOf(
  tokens: readonly Token[],
  offset: number,
  { open, callee, nesting, names }: Place,
): EnclosingCall | undefined {
  const close = closingBracket(tokens, open);
  const split = splitArguments(tokens, open, close);
  let written = split.map((argument) => writtenArgument(argument, offset));
  let active = split.findLastIndex(({ from }) => from <= offset);
  let found = names.find(callee.text);
  if (!found && /(?:^|\.)partial$/.test(callee.text) && active > 0) {
    const [first] = split;
    found = names.find(first?.tokens.map(({ text }) => text).join('') ?? '');
    written = written.slice(1);
    active -= 1;
  }
  if (!found || found.kind === 'module') return undefined;
  const to = tokens[close]?.to ?? tokens.at(-1)?.to ?? offset;
  return {
    kind: found.kind,
    function: found.function,
    span: { from: callee.from, to },
    arguments: written,
    active,
    nesting,
  };
}

/** The token that closes a bracket; where nothing does, the number of tokens. */
function closingBracket(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const { kind, text } = tokens[i] ?? { kind: 'name', text: '' };
    if (kind !== 'sign') continue;
    if (isOpening(text)) depth++;
    else if (isClosing(text) && --depth === 0) return i;
  }
  return tokens.length;
}

/** What stands between two commas: where it may begin, and its tokens. */
interface Stretch {
  readonly from: number;
  readonly tokens: readonly Token[];
}

function splitArguments(tokens: readonly Token[], open: number, close: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let [first, depth] = [open + 1, 0];
  for (let i = open + 1; i <= close; i++) {
    const { kind, text } = tokens[i] ?? { kind: 'sign', text: ',' };
    if (kind === 'sign' && isOpening(text)) depth++;
    else if (kind === 'sign' && isClosing(text) && i < close) depth--;
    else if (i === close || (depth === 0 && kind === 'sign' && text === ',')) {
      stretches.push({ from: tokens[first - 1]?.to ?? 0, tokens: tokens.slice(first, i) });
      first = i + 1;
    }
  }
  return stretches;
}

function writtenArgument({ from, tokens }: Stretch, offset: number): WrittenArgument {
  const [first, second] = tokens;
  const isStarred = first?.text === '*' || first?.text === '**';
  const isNamed = first?.kind === 'name' && second?.text === '=';
  const value = isNamed ? tokens.slice(2) : tokens;
  const start = isNamed ? second.to : from;
  const empty = Math.max(start, Math.min(offset, value[0]?.from ?? offset));
  return {
    ...((isNamed || isStarred) && { name: first.text }),
    value: { from: value[0]?.from ?? empty, to: value.at(-1)?.to ?? empty },
  };
}
