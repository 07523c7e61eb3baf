export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Texts and elements in their order. */
  readonly content: readonly (string | XmlElement)[];
}

/** An element that is still being read. */
interface OpenElement extends XmlElement {
  readonly content: (string | XmlElement)[];
}

const token =
  /<!doctype html>|<(?<close>\/)?(?<name>[\w:-]+)(?<attributes>(?:\s+[\w:-]+="[^"<]*")*)\s*(?<empty>\/)?>|(?<text>[^<]+)/gy;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * Reads well-formed XML of one root element (elements, attributes, the five entities) and nothing
 * else: what is not understood is an error, so that a stray `<` or `&` cannot pass.
 */
export function parseXml(xml: string): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, content: [] };
  const open = [root];
  let end = 0;
  for (const match of xml.matchAll(token)) {
    end = match.index + match[0].length;
    const { close, name, attributes, empty, text } = match.groups!;
    const parent = open.at(-1)!;
    if (text !== undefined) parent.content.push(decoded(text));
    else if (close) {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else if (name !== undefined) {
      const element = { name, attributes: attributesOf(attributes!), content: [] };
      parent.content.push(element);
      if (!empty) open.push(element);
    }
  }
  if (end < xml.length) throw new Error(`not XML: ${xml.slice(end, end + 60)}`);
  if (open.length !== 1) throw new Error(`<${open.at(-1)!.name}> is not closed`);
  const [element, ...others] = childrenOf(root);
  if (!element || others.length > 0) throw new Error('not one root element');
  if (textOf(root).trim() !== textOf(element).trim()) throw new Error('text beside the root');
  return element;
}

export function childrenOf({ content }: XmlElement): readonly XmlElement[] {
  return content.filter((part) => typeof part !== 'string');
}

/** All elements of a name within one, in the order of the document. */
export function elementsOf(element: XmlElement, name: string): readonly XmlElement[] {
  const own = element.name === name ? [element] : [];
  return [...own, ...childrenOf(element).flatMap((child) => elementsOf(child, name))];
}

/** All text within an element. */
export function textOf({ content }: XmlElement): string {
  return content.map((part) => (typeof part === 'string' ? part : textOf(part))).join('');
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)];
  const names = pairs.map(([, name]) => name!);
  if (new Set(names).size < names.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, decoded(value!)]));
}

function decoded(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what XML 1.0 does not allow
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed())
    throw new Error(`a character that XML does not allow: ${JSON.stringify(text)}`);
  return text.replace(/&[^;]*;?/g, (entity) => {
    const character = entities[entity];
    if (character === undefined) throw new Error(`not an entity: ${entity}`);
    return character;
  });
}
