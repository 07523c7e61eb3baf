import type { Span } from '../checking/finding.ts';

/** A list or dict as it is written, cut at the commas that are in no other bracket. */
export interface Elements {
  readonly spans: readonly Span[];
  /** Which one an offset is in; -1 where it is in none. */
  readonly active: number;
}

const mark = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[([{]|[)\]}]|,/g;

/** The elements of `[a, b]` or `{a: b, c: d}`; undefined where something else is written. */
export function elementsIn(text: string, { from, to }: Span, offset: number): Elements | undefined {
  const written = text.slice(from, to);
  if (!/^[[{][^]*[\]}]$/.test(written)) return undefined;
  const commas: number[] = [];
  let depth = 0;
  for (const { 0: sign, index } of written.matchAll(mark)) {
    if (/[([{]/.test(sign)) depth++;
    else if (/[)\]}]/.test(sign)) depth--;
    else if (sign === ',' && depth === 1) commas.push(from + index);
  }
  const cuts = [from, ...commas, to - 1];
  const spans = cuts
    .slice(1)
    .map((end, i) => trimmed(text, { from: (cuts[i] ?? from) + 1, to: end }))
    // After a last comma nothing more comes.
    .filter((span) => span.from < span.to);
  return { spans, active: spans.findIndex((span) => span.from <= offset && offset <= span.to) };
}

function trimmed(text: string, { from, to }: Span): Span {
  const written = text.slice(from, to);
  return { from: to - written.trimStart().length, to: from + written.trimEnd().length };
}
