import {
  createScanner,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import type { Finding, Fix, Severity, Span } from '../../checking/finding.ts';
import { shortened } from '../shortened.ts';

/** More findings than anyone reads; the rest of them would only cost time. */
const mostFindings = 1000;
/** A message may quote a key or a name, which may be as long as the file. */
const longestMessage = 500;

/** Collects what is wrong with a JSON text; every message begins with the JSON path it is about. */
export class Findings {
  readonly list: Finding[] = [];

  add(
    code: string,
    node: Node,
    message: string,
    severity: Severity = 'error',
    fixes: readonly Fix[] = [],
  ): void {
    if (this.list.length > mostFindings) return;
    if (this.list.length === mostFindings) {
      const text = 'There is more to say of this file; mend what is named so far first.';
      this.push('too-many-findings', text, spanOf(node));
      return;
    }
    const path = pathOf(node);
    const located = path === '' ? message : `${path}: ${message}`;
    this.push(code, shortened(located, longestMessage), spanOf(node), severity, fixes);
  }

  push(
    code: string,
    message: string,
    span: Span,
    severity: Severity = 'error',
    fixes: readonly Fix[] = [],
  ): void {
    this.list.push({ code, severity, message, span, ...(fixes.length > 0 && { fixes }) });
  }
}

const syntaxOptions = { disallowComments: true, allowTrailingComma: false };

/** The tree of a JSON text, as far as it can be read, and its first syntax error. */
export function parseJson(text: string): { root: Node | undefined; findings: Findings } {
  const findings = new Findings();
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== undefined) {
    const message = `The file is nested too deeply: write it with at most ${deepestNesting} levels.`;
    findings.push('nested-too-deeply', message, { from: tooDeep, to: tooDeep + 1 });
    return { root: undefined, findings };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, syntaxOptions);
  for (const { error, offset, length } of errors.slice(0, 1)) {
    const name = printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
    const to = Math.min(text.length, offset + Math.max(1, length));
    findings.push('json-syntax', `This is not valid JSON: ${name}.`, { from: offset, to });
  }
  return { root, findings };
}

const deepestNesting = 100;

/** Where a text is nested deeper than a parser's recursion may go; undefined where it is not. */
function firstTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  const awaited: string[] = [];
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const token = text[scanner.getTokenOffset()];
    if (token === '{') awaited.push('}');
    else if (token === '[') awaited.push(']');
    else if (token === awaited.at(-1)) awaited.pop();
    if (awaited.length > deepestNesting) return scanner.getTokenOffset();
  }
  return undefined;
}

export function spanOf(node: Node): Span {
  return { from: node.offset, to: node.offset + node.length };
}

/** `schedules[3].args.decay_steps` */
function pathOf(node: Node): string {
  const { parent } = node;
  if (!parent) return '';
  if (parent.type === 'property') {
    const key = String(parent.children?.[0]?.value);
    const before = pathOf(parent);
    if (!/^\w+$/.test(key)) return `${before}[${JSON.stringify(key)}]`;
    return before === '' ? key : `${before}.${key}`;
  }
  if (parent.type === 'array') {
    return `${pathOf(parent)}[${parent.children?.indexOf(node) ?? 0}]`;
  }
  return pathOf(parent);
}

/** A member of an object. */
export interface Member {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** The members of an object, each key once: of a repeated one the last, with a finding. */
export function membersOf(node: Node, findings: Findings): readonly Member[] {
  const members = new Map<string, Member>();
  for (const property of node.children ?? []) {
    const [keyNode, value] = property.children ?? [];
    if (!keyNode || !value) continue;
    const key = String(keyNode.value);
    if (members.has(key)) {
      const message = 'the key is there twice; the last one counts.';
      findings.add('duplicate-key', keyNode, message, 'warning');
    }
    members.set(key, { key, keyNode, value });
  }
  return [...members.values()];
}
