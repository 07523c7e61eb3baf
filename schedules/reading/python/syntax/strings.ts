const simpleEscapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What a string literal with its quotes and prefix stands for; of an unclosed one, the rest. */
export function stringValue(literal: string): string {
  const [, prefix = '', quote = ''] = /^([a-z]*)("""|'''|"|')/i.exec(literal) ?? [];
  const from = prefix.length + quote.length;
  const isClosed = literal.length >= from + quote.length && literal.endsWith(quote);
  const content = literal.slice(from, isClosed ? literal.length - quote.length : undefined);
  return /r/i.test(prefix) ? content : unescaped(content);
}

/** The text that a part of a string or an f-string stands for. */
export function unescaped(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(
    /\\(x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|N\{[^}]*\}|[0-7]{1,3}|[^])/gi,
    (whole, escape: string) => {
      const simple = simpleEscapes[escape];
      if (simple !== undefined) return simple;
      if (/^[0-7]/.test(escape)) return String.fromCharCode(parseInt(escape, 8));
      if (!/^[xu][\da-f]/i.test(escape)) return whole;
      const code = parseInt(escape.slice(1), 16);
      return code > 0x10ffff ? whole : String.fromCodePoint(code);
    },
  );
}
