import type { Finding, Span } from '../../checking/finding.ts';
import type { Block, Chunk, Expression, FunctionDefinition } from './syntax/syntax.ts';
import { parseExpression, type ParsedModule } from './syntax/parsing.ts';

/** `# anneal: total_steps=2350, lr=0.1` */
export interface SettingComment {
  readonly name: string;
  readonly expression: Expression;
  /** The function that it stands in, or the whole text. */
  readonly scope: Span;
}

/** `# anneal: ignore` or `# anneal: ignore[code, other]`, for the line that it stands on. */
export interface IgnoreComment {
  /** Undefined: all findings. */
  readonly codes: readonly string[] | undefined;
  readonly line: Span;
}

/** What a comment holds for that stands in no function. */
export const wholeText: Span = { from: 0, to: Infinity };

export const settingComment = /#\s*anneal:\s*([A-Za-z_][\w.[\]"']*\s*=(?!=).*)$/gm;
export const ignoreComment = /#\s*anneal:\s*ignore(?:\[([\w\s,-]*)\])?/g;

/** The values that comments of a text set. */
export function settingComments({ text, body }: ParsedModule): readonly SettingComment[] {
  if (!text.includes('anneal')) return [];
  return [...text.matchAll(settingComment)].flatMap(({ 1: settings = '', index }) => {
    const scope = scopeAround(text, body, index) ?? wholeText;
    return splitSettings(settings).flatMap(([name, value]) => {
      const expression = parseExpression(value);
      return expression ? [{ name, expression, scope }] : [];
    });
  });
}

/** `a=1, b=f(2, 3)` at the commas before a name. */
export function splitSettings(
  settings: string,
): readonly (readonly [name: string, value: string])[] {
  return settings.split(/,(?=\s*[A-Za-z_][\w.[\]"']*\s*=(?!=))/).flatMap((setting) => {
    const at = setting.indexOf('=');
    const [name, value] = [setting.slice(0, at).trim(), setting.slice(at + 1).trim()];
    return name === '' || value === '' ? [] : [[name, value] as const];
  });
}

/** The function that a comment stands in; one in a line of its own is indented further than it. */
function scopeAround(text: string, chunks: readonly Chunk[], offset: number): Span | undefined {
  const chunk = chunks.find(({ to }) => offset < to);
  if (!chunk) return undefined;
  const before = lineUntil(text, offset);
  const column = before.trim() === '' ? before.length : Infinity;
  const found = functionAround(
    chunk.body,
    offset - chunk.from,
    ({ from }) => lineUntil(text, chunk.from + from).length < column,
  );
  return found && { from: chunk.from + found.from, to: chunk.from + found.to };
}

function lineUntil(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

/** The innermost function that an offset stands in, of those that count. */
export function functionAround(
  body: Block,
  offset: number,
  counts: (definition: FunctionDefinition) => boolean = () => true,
): FunctionDefinition | undefined {
  for (const statement of body) {
    if (statement.from > offset || statement.to < offset) continue;
    switch (statement.kind) {
      case 'function':
        return counts(statement)
          ? (functionAround(statement.body, offset, counts) ?? statement)
          : undefined;
      case 'class':
      case 'if':
      case 'for':
      case 'while':
      case 'with':
        return functionAround(statement.body, offset, counts);
      default:
        return undefined;
    }
  }
  return undefined;
}

/** The lines of a text whose findings its writer does not want to see. */
export function ignoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes('anneal')) return [];
  return [...text.matchAll(ignoreComment)].map(({ 1: codes, index }) => {
    const from = text.lastIndexOf('\n', index) + 1;
    const end = text.indexOf('\n', index);
    const line = { from, to: end < 0 ? text.length : end };
    return { line, codes: codes?.split(',').map((code) => code.trim()) };
  });
}

/** The findings that no comment of the text asks to leave out. */
export function withoutIgnored(text: string, findings: readonly Finding[]): readonly Finding[] {
  const ignored = ignoreComments(text);
  if (ignored.length === 0) return findings;
  return findings.filter(({ code, span }) =>
    ignored.every(
      ({ line, codes }) =>
        span.from < line.from ||
        span.from > line.to ||
        (codes !== undefined && !codes.includes(code)),
    ),
  );
}
