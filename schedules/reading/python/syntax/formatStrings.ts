import { expressionOf } from './expressions.ts';
import { type Source, childrenOf } from './node.ts';
import { stringValue, unescaped } from './strings.ts';
import { type Replacement } from './syntax.ts';
import { type SyntaxNode } from '@lezer/common';

export function formatParts(
  node: SyntaxNode,
  source: Source,
  depth: number,
): (string | Replacement)[] {
  if (node.name === 'ContinuedString') {
    return childrenOf(node).flatMap((part) => {
      return part.name === 'String'
        ? [stringValue(source.of(part))]
        : formatParts(part, source, depth);
    });
  }
  const { text } = source;
  const [, quote = ''] = /^[a-z]*("""|'''|"|')/i.exec(source.of(node)) ?? [];
  const plain = (from: number, to: number): string[] => {
    return from < to
      ? [unescaped(text.slice(from, to)).replaceAll('{{', '{').replaceAll('}}', '}')]
      : [];
  };
  let at = text.indexOf(quote, node.from) + quote.length;
  const parts: (string | Replacement)[] = [];
  for (const replacement of childrenOf(node).filter(({ name }) => name === 'FormatReplacement')) {
    parts.push(...plain(at, replacement.from));
    at = replacement.to;
    const [, value, ...rest] = childrenOf(replacement);
    const spec = rest.find(({ name }) => name === 'FormatSpec');
    const selfDocumenting = rest.some(({ name }) => name === 'FormatSelfDoc');
    if (value && selfDocumenting) parts.push(`${source.of(value)}=`);
    parts.push({
      value: expressionOf(value, source, depth + 1),
      format: spec ? source.of(spec).slice(1) : '',
    });
  }
  parts.push(...plain(at, Math.max(at, node.to - quote.length)));
  return parts;
}
