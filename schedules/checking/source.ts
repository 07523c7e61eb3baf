import type { ScheduleCall } from '../reading/reading.ts';
import { figure } from './figures.ts';
import type { Span } from './finding.ts';

/** The text that a call writes for an argument; empty where it writes none. */
export type Source = (parameter: string) => string;

export function sourceOf({ argumentSpans }: ScheduleCall, text: string): Source {
  return (parameter) => slice(text, argumentSpans[parameter]);
}

export function slice(text: string, span: Span | undefined): string {
  return span === undefined ? '' : text.slice(span.from, span.to);
}

/** Whether a source is a name, such as `end_lr` or `config.lr`, and nothing else. */
export const isName = (source: string): boolean => /^[A-Za-z_][\w.]*$/.test(source);

const isNumber = (source: string): boolean => /^[\d.][\w.]*(?:[eE][+-]?\d+)?$/.test(source);

/** What is computed of two arguments: by their names, or the number where neither has one. */
export function computed(a: string, operator: '*' | '/', b: string, value: number): string {
  const isReadable = [a, b].every((source) => isName(source) || isNumber(source));
  return isReadable && [a, b].some(isName) ? `${a} ${operator} ${b}` : figure(value);
}

/**
 * The elements of a list such as `[1000, warmup + decay]`, or the entries of a dict such as
 * `{1000: 0.1}`; undefined where something else is written, or anything in it nests, is text, or
 * stands for several elements.
 */
export function elementsOf(source: string): readonly string[] | undefined {
  const [, inner] = /^[[{]([^[\](){}#']*)[\]}]$/.exec(source.trim()) ?? [];
  if (inner === undefined || /\bfor\b|(?:^|,)\s*\*/.test(inner)) return undefined;
  const elements = inner.split(',').map((element) => element.trim());
  return elements.at(-1) === '' ? elements.slice(0, -1) : elements;
}

/**
 * A dict that is written with one entry each for `entries`, in their order, with other keys or
 * values; undefined where it is written otherwise. JSON's keys stay in quotes.
 */
export function dictWith<Entry>(
  source: string,
  entries: readonly Entry[],
  change: (entry: Entry, key: string) => readonly [key: string, value: string],
): string | undefined {
  const elements = elementsOf(source);
  if (elements?.length !== entries.length) return undefined;
  const changed = entries.map((entry, i) => {
    const [written = ''] = (elements[i] ?? '').split(':');
    const [key, value] = change(entry, written);
    return `${written.startsWith('"') && !key.startsWith('"') ? `"${key}"` : key}: ${value}`;
  });
  return `{${changed.join(', ')}}`;
}
