import type { Span, TextEdit } from '../checking/finding.ts';
import type { ReadText } from '../readSchedules.ts';
import {
  functionAround,
  ignoreComment,
  settingComment,
  splitSettings,
} from '../reading/python/comments.ts';
import { parseModule } from '../reading/python/syntax/parsing.ts';
import type { Block } from '../reading/python/syntax/syntax.ts';

/**
 * Has the findings of a code left out in the line of an offset; undefined where no comment can stand
 * at the line's end.
 */
export function ignoringEdit(text: string, offset: number, code: string): TextEdit | undefined {
  const line = lineAt(text, offset);
  const written = text.slice(line.from, line.to);
  const [comment] = written.matchAll(ignoreComment);
  const codes = comment?.[1];
  if (comment && codes !== undefined) {
    const at = line.from + comment.index + comment[0].length - 1;
    return insertion(at, codes.trim() === '' ? code : `, ${code}`);
  }
  const goesOn = /\\$/.test(written) || [...written.matchAll(/"""|'''/g)].length % 2 === 1;
  const end = line.from + written.trimEnd().length;
  return goesOn ? undefined : insertion(end, `  # anneal: ignore[${code}]`);
}

/** What may stand before `=` in a comment: `lr`, `config.lr`, `config["lr"]`. */
const commentableName = /^[A-Za-z_][\w.[\]"']*$/;

/**
 * Sets a name in a comment: in one that sets it already, else at the top of the function where it is
 * assumed, else above the statement. It goes where the fewest schedules still assume the name.
 *
 * @param value a Python expression; undefined takes the name out of its comment.
 * @param readAnew reads a version of the text.
 * @returns undefined where no comment has any effect.
 */
export function settingEdit(
  text: string,
  name: string,
  value: string | undefined,
  readAnew: (text: string) => ReadText,
): TextEdit | undefined {
  const existing = editsOfComments(text, name, value);
  if (value === undefined || !commentableName.test(name)) return existing[0];
  const spans = assuming(readAnew(text), name);
  const [first] = spans;
  if (!first) return existing[0];
  const setting = `# anneal: ${name}=${value}`;
  const candidates = [...existing, ...newComments(text, first.from, setting)];
  const rated = candidates.map((edit) => ({
    edit,
    left: assuming(readAnew(edited(text, edit)), name).length,
  }));
  const best = rated.reduce<(typeof rated)[number] | undefined>(
    (a, b) => (a && a.left <= b.left ? a : b),
    undefined,
  );
  return best && best.left < spans.length ? best.edit : undefined;
}

/** Where schedules and rates stand that rest on an assumption about a name. */
function assuming({ definitions, uses, calls }: ReadText, name: string): readonly Span[] {
  return [...definitions, ...uses, ...calls]
    .filter(({ assumptions }) => assumptions.some((assumption) => assumption.name === name))
    .map(({ span }) => span)
    .sort((a, b) => a.from - b.from);
}

/** The comments that set a name, each with another value for it, or without it. */
function editsOfComments(
  text: string,
  name: string,
  value: string | undefined,
): readonly TextEdit[] {
  return [...text.matchAll(settingComment)].flatMap(({ 0: comment, 1: written = '', index }) => {
    const settings = splitSettings(written);
    if (settings.every(([one]) => one !== name)) return [];
    const kept = settings.flatMap(([one, before]) => {
      const now = one === name ? value : before;
      return now === undefined ? [] : [`${one}=${now}`];
    });
    const to = index + comment.length;
    if (kept.length === 0) return [{ span: wholeComment(text, { from: index, to }), text: '' }];
    return [{ span: { from: to - written.length, to }, text: kept.join(', ') }];
  });
}

/** A comment with the white space before it, or with its line where it has one of its own. */
function wholeComment(text: string, { from, to }: Span): Span {
  const line = lineAt(text, from);
  const before = text.slice(line.from, from).trimEnd();
  if (before !== '') return { from: line.from + before.length, to };
  const end = text.indexOf('\n', to);
  return { from: line.from, to: end < 0 ? text.length : end + 1 };
}

/** A comment at the top of the function around an offset, and one above the statement there. */
function* newComments(text: string, offset: number, comment: string): Iterable<TextEdit> {
  const { body } = parseModule(text, longestParsing);
  const [first, second] = functionAround(body, offset)?.body ?? [];
  const isDocstring = first && /^[ru]?["']/i.test(text.slice(first.from, first.to));
  for (const statement of [isDocstring ? (second ?? first) : first, statementAt(body, offset)]) {
    if (!statement) continue;
    const { from } = lineAt(text, statement.from);
    const indentation = text.slice(from, statement.from);
    if (/^\s*$/.test(indentation)) yield insertion(from, `${indentation}${comment}\n`);
  }
}

/** In milliseconds. */
const longestParsing = 1000;

const statementAt = (body: Block, offset: number): Block[number] | undefined =>
  body.findLast(({ from }) => from <= offset);

/** The line of an offset, without what ends it. */
function lineAt(text: string, offset: number): Span {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const to = end < 0 ? text.length : end;
  return { from, to: text[to - 1] === '\r' ? to - 1 : to };
}

const insertion = (at: number, text: string): TextEdit => ({ span: { from: at, to: at }, text });

const edited = (text: string, { span, text: now }: TextEdit): string =>
  text.slice(0, span.from) + now + text.slice(span.to);
