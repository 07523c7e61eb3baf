import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Finding, Severity, Span } from '../../checking/finding.ts';

/** Collects what is wrong with a JSON text; every message begins with the JSON path it is about. */
export class Findings {
  readonly list: Finding[] = [];

  add(code: string, node: Node, message: string, severity: Severity = 'error'): void {
    const path = pathOf(node);
    const located = path === '' ? message : `${path}: ${message}`;
    this.list.push({ code, severity, message: located, span: spanOf(node) });
  }
}

const syntaxOptions = { disallowComments: true, allowTrailingComma: false };

/** The tree of a JSON text, as far as it can be read, and its syntax errors. */
export function parseJson(text: string): { root: Node | undefined; findings: Findings } {
  const findings = new Findings();
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, syntaxOptions);
  for (const { error, offset, length } of errors.slice(0, 1)) {
    const name = printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
    findings.list.push({
      code: 'json-syntax',
      severity: 'error',
      message: `This is not valid JSON: ${name}.`,
      span: { from: offset, to: Math.min(text.length, offset + Math.max(1, length)) },
    });
  }
  return { root, findings };
}

export function spanOf(node: Node): Span {
  return { from: node.offset, to: node.offset + node.length };
}

/** `schedules[3].args.decay_steps` */
export function pathOf(node: Node): string {
  const { parent } = node;
  if (!parent) return '';
  if (parent.type === 'property') {
    const key = String(parent.children?.[0]?.value);
    const before = pathOf(parent);
    const step = /^\w+$/.test(key) ? key : JSON.stringify(key);
    return before === '' ? step : `${before}.${step}`;
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
      findings.add(
        'duplicate-key',
        value,
        `the key is there twice; the last one counts.`,
        'warning',
      );
    }
    members.set(key, { key, keyNode, value });
  }
  return [...members.values()];
}
