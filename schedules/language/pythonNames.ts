import type { Span } from '../checking/finding.ts';
import { endOfString, next } from '../reading/notebook/lexing.ts';
import { openBrackets } from './enclosingCall.ts';
import { statementsUntil, type Token } from './pythonStatements.ts';
import { bindingFunction } from './scopeNames.ts';

/** What is written at a place of a Python text. */
export interface Written {
  readonly isComment: boolean;
  /** What may be the beginning of the outermost statement that the place is in. */
  readonly statementFrom: number;
  /** The name at the place with what it is an attribute or element of: `a`, `a.b`, `a["b"]`. */
  readonly name?: { readonly path: string; readonly span: Span };
  /** Where the value begins that is assigned to that name. */
  readonly assignedFrom?: number;
}

export function writtenAt(text: string, offset: number): Written {
  const start = outermostStatement(text, offset);
  const { statements, isInText } = statementsUntil(text.slice(start), offset - start);
  const tokens = statements.at(-1)?.tokens ?? [];
  const index = tokenAt(tokens, offset - start);
  const token = tokens[index];
  const common = { isComment: isInText && token?.kind !== 'string', statementFrom: start };
  const path = isKeyword(tokens, index) ? undefined : pathAt(tokens, index);
  if (!token || path === undefined) return common;
  const assigned = assignedValue(tokens, index);
  return {
    ...common,
    name: { path, span: { from: start + token.from, to: start + token.to } },
    ...(assigned && { assignedFrom: start + assigned.from }),
  };
}

/**
 * Where the function begins in which a name that stands at a place is bound, as a parameter or a
 * local: what the name stands for elsewhere is something else. Undefined where it is the module's.
 */
export function functionOfName(text: string, name: string, offset: number): number | undefined {
  const start = outermostStatement(text, offset);
  const { statements } = statementsUntil(text.slice(start), offset - start);
  const at = bindingFunction(statements, name);
  return at === undefined ? undefined : start + at;
}

const opening = /#[^\r\n]*|"""|'''|["']/g;

/**
 * Where the last line up to an offset begins that is not indented and in no text: what is before it
 * need not be looked at more closely.
 */
function outermostStatement(text: string, offset: number): number {
  const texts: Span[] = [];
  for (let found = next(opening, text, 0); found && found.index < offset;) {
    const [sign] = found;
    const inner = found.index + sign.length;
    const isText = !sign.startsWith('#');
    const to = isText ? (endOfString(text, inner, sign) ?? text.length) : inner;
    if (isText) texts.push({ from: found.index, to });
    found = next(opening, text, to);
  }
  for (let end = offset; end > 0;) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const isBeginning = /[A-Za-z_@]/.test(text[start] ?? '');
    if (isBeginning && !texts.some(({ from, to }) => from < start && start < to)) return start;
    end = start - 1;
  }
  return 0;
}

/** The token at an offset; a name that ends there, rather than the sign that begins there. */
function tokenAt(tokens: readonly Token[], offset: number): number {
  const isAt = ({ from, to }: Token): boolean => from <= offset && offset <= to;
  const ofWord = tokens.findIndex((token) => token.kind !== 'sign' && isAt(token));
  return ofWord < 0 ? tokens.findIndex(isAt) : ofWord;
}

/** Whether a token is the name of an argument in a call. */
function isKeyword(tokens: readonly Token[], index: number): boolean {
  return (
    tokens[index + 1]?.text === '=' &&
    /^[(,]$/.test(tokens[index - 1]?.text ?? '') &&
    openBrackets(tokens, tokens[index]?.from ?? 0).length > 0
  );
}

function pathAt(tokens: readonly Token[], index: number): string | undefined {
  const isKey = tokens[index]?.kind !== 'name' && tokens[index + 1]?.text === ']';
  return pathTo(tokens, isKey ? index + 1 : index);
}

/** The path that ends with a token; undefined where it begins with anything but a name. */
function pathTo(tokens: readonly Token[], last: number): string | undefined {
  const token = tokens[last];
  const before = tokens[last - 1];
  if (token?.text === ']') {
    const key = before && keyOf(before);
    const base = tokens[last - 2]?.text === '[' ? pathTo(tokens, last - 3) : undefined;
    return key === undefined || base === undefined ? undefined : `${base}[${key}]`;
  }
  if (token?.kind !== 'name') return undefined;
  if (before?.text !== '.') return token.text;
  const base = pathTo(tokens, last - 2);
  return base === undefined ? undefined : `${base}.${token.text}`;
}

/** A key as the names of listed schedules have it. */
function keyOf({ kind, text }: Token): string | undefined {
  if (kind === 'number') return text;
  const [, , content] = /^(["'])([^"'\\]*)\1$/.exec(text) ?? [];
  return content === undefined ? undefined : JSON.stringify(content);
}

/** The first token of what a statement assigns to the name that ends with a token. */
function assignedValue(tokens: readonly Token[], index: number): Token | undefined {
  if (openBrackets(tokens, tokens[index]?.to ?? 0).length > 0) return undefined;
  const after = tokens[index + 1]?.text;
  const equals = tokens.findIndex(({ text }, i) => i > index && text === '=');
  return equals > 0 && (after === '=' || after === ':') ? tokens[equals + 1] : undefined;
}
