import { getLocation, modify } from 'jsonc-parser';
import type { TextEdit } from '../checking/finding.ts';
import type { ScheduleCall } from '../reading/reading.ts';
import { isNumber, writtenLike } from './numberStyle.ts';

export type ArgumentValue = number | boolean | string;

/**
 * The change of a text that gives an argument of a call another value: a number, a switch or a word
 * in its writer's style, at the name's own place where a name stands for it, or, where the call
 * leaves the argument to its default, a new argument. Undefined where an expression stands there, which only its writer can change.
 */
export function argumentEdit(
  kind: 'python' | 'json',
  text: string,
  call: ScheduleCall,
  argument: string,
  value: ArgumentValue,
): TextEdit | undefined {
  const span = call.namedLiterals?.[argument]?.span ?? call.argumentSpans[argument];
  if (span) {
    const written = rewritten(kind, text.slice(span.from, span.to), value);
    return written === undefined ? undefined : { span, text: written };
  }
  if (argument in call.arguments) return undefined;
  return kind === 'json'
    ? addedMember(text, call, argument, value)
    : addedKeyword(text, call, `${argument}=${spelled(kind, value)}`);
}

/** A value in the place of a literal; undefined where an expression stands. */
function rewritten(
  kind: 'python' | 'json',
  original: string,
  value: ArgumentValue,
): string | undefined {
  if (typeof value === 'number')
    return isNumber(original) ? writtenLike(original, value) : undefined;
  if (typeof value === 'boolean') {
    return /^(true|false)$/i.test(original) ? spelled(kind, value) : undefined;
  }
  const [, quote] = /^(["'])\w*\1$/.exec(original) ?? [];
  return quote === undefined ? undefined : `${quote}${value}${quote}`;
}

function spelled(kind: 'python' | 'json', value: ArgumentValue): string {
  if (typeof value === 'number') return writtenLike('0.0', value).replace(/\.0$/, '');
  if (kind === 'json') return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return `'${value}'`;
}

/** A keyword argument after the last one, on a line of its own where that one has one. */
function addedKeyword(text: string, { span }: ScheduleCall, written: string): TextEdit | undefined {
  if (text[span.to - 1] !== ')') return undefined;
  const inner = text.slice(span.from, span.to - 1);
  // A comment at the end stays there.
  const last = inner.trimEnd().replace(/[ \t]*#[^\n'"]*$/, '');
  const at = span.from + last.length;
  const hasComma = last.endsWith(',');
  const separator = hasComma || last.endsWith('(') ? '' : ',';
  const [, indent] = /(\r?\n[ \t]*)\S[^\n]*$/.exec(last) ?? [];
  const isOnOwnLine = indent !== undefined && /^[ \t]*\r?\n\s*$/.test(inner.slice(last.length));
  const gap = last.endsWith('(') ? '' : ' ';
  return {
    span: { from: at, to: at },
    text: isOnOwnLine
      ? `${separator}${indent}${written}${hasComma ? ',' : ''}`
      : `${separator}${gap}${written}`,
  };
}

function addedMember(
  text: string,
  { span }: ScheduleCall,
  argument: string,
  value: ArgumentValue,
): TextEdit | undefined {
  const { path } = getLocation(text, span.from + 1);
  // Within an object the path ends with the key at the place, which is none right after `{`.
  const object = path.slice(0, -1);
  const [edit] = modify(text, [...object, 'args', argument], value, {
    formattingOptions: { tabSize: 2, insertSpaces: true },
  });
  return edit && { span: { from: edit.offset, to: edit.offset + edit.length }, text: edit.content };
}
