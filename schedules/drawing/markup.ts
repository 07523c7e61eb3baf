/** XML (and HTML) as text, where everything that is not markup has been escaped. */
export interface Markup {
  readonly markup: string;
}

/** What a template takes: text, which is escaped, and markup, which is not. */
export type Content = string | number | Markup | readonly Markup[];

/**
 * The tag of templates that make XML: markup`<text x="${x}">${name}</text>`. All that is put in is
 * escaped for text and for quoted attributes alike, unless it is markup itself.
 */
export function markup(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { markup: String.raw({ raw: template }, ...contents.map(written)) };
}

export const nothing: Markup = { markup: '' };

function written(content: Content): string {
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map(written).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** XML 1.0 has no way to write other characters, such as control characters and lone surrogates. */
const notXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function escaped(text: string): string {
  return text
    .replace(notXml, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
