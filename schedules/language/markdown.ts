/** Text as Markdown's code: on one line, within more backticks than it has itself. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** Text as it is, where Markdown would take some of its signs for markup. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~&]/g, String.raw`\$&`);
}

export function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== '').join('\n\n');
}
