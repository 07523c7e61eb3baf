import type { Finding } from '../../checking/finding.ts';
import { finding } from '../../checking/findingKinds.ts';
import { closestName } from '../../optax/closestName.ts';
import { publicNames } from '../../optax/publicNames.ts';
import { bareCode, headersAround } from './bareCode.ts';
import { optaxModule } from './libraries/optax.ts';

/**
 * Tells of calls and imports of what Optax has not, where it has something of a similar name. A name
 * that is like no other may be one of a newer Optax.
 */
export function misspeltMembers(text: string): readonly Finding[] {
  const names = optaxNames(text);
  // Most texts have none, which is known before their strings and comments are.
  if (unknownMembers(text, names).length === 0) return [];
  const code = bareCode(text);
  return unknownMembers(code, isRebound(code, names) ? [] : names)
    .slice(0, most)
    .flatMap(({ name, from, isImported }) => {
      const meant = meantName(name);
      const isMade = new RegExp(String.raw`\.${name}\s*=[^=]|(["'])${name}\1`).test(text);
      if (meant === undefined || isMade || isTried(code, from)) return [];
      const span = { from, to: from + name.length };
      const places = isImported ? [from, ...placesBehind(code, name, span.to)] : [from];
      const edits = places.map((at) => ({ span: { from: at, to: at + name.length }, text: meant }));
      const fix = { title: `Change to '${meant}'`, edits };
      const message = `Optax has no '${name}'; did you mean '${meant}'?`;
      return finding('unknown-function', message, span, fix);
    });
}

/** A name that stands for a member of Optax. */
interface Member {
  readonly name: string;
  readonly from: number;
  /** Whether it is imported under that very name, which then stands for it in the text. */
  readonly isImported: boolean;
}

const unknownMembers = (code: string, owners: readonly string[]): readonly Member[] => [
  ...unknownCalls(code, owners),
  ...unknownImports(code),
];

/** More than anyone misspells. */
const most = 100;

/** Under which names a text imports Optax. */
function optaxNames(text: string): readonly string[] {
  const imports =
    /^[ \t]*import[ \t]+(?:[^#\n]*,[ \t]*)?optax(?:[ \t]+as[ \t]+(\w+))?[ \t]*(?:$|[,;#])/gm;
  const names = [...text.matchAll(imports)].map(([, alias]) => alias ?? 'optax');
  // Another library may stand for it.
  return /\bas[ \t]+optax\b/.test(text) ? [] : [...new Set(names)];
}

/** Whether the text gives one of the names to something else. */
function isRebound(code: string, owners: readonly string[]): boolean {
  const names = owners.join('|');
  const giving = String.raw`\b(?:${names})\s*=[^=]|\bdef\b.*[(,]\s*(?:${names})\b`;
  return names !== '' && new RegExp(giving).test(code);
}

function unknownCalls(code: string, owners: readonly string[]): readonly Member[] {
  const names = owners.join('|');
  if (names === '') return [];
  const calls = new RegExp(String.raw`(?<![\w.])(?:${names})\.([A-Za-z]\w*)[ \t]*\(`, 'dg');
  return [...code.matchAll(calls)].flatMap(({ 1: name = '', indices }) => {
    const [from = 0] = indices?.[1] ?? [];
    return isKnown(name) ? [] : [{ name, from, isImported: false }];
  });
}

function unknownImports(code: string): readonly Member[] {
  const imports = /^[ \t]*from[ \t]+optax[ \t]+import[ \t]+(?:\(([^)]*)\)|([^(;\n]+))/dgm;
  return [...code.matchAll(imports)].flatMap(({ 1: inBrackets, 2: inLine, indices }) => {
    const [from = 0] = indices?.[inBrackets === undefined ? 2 : 1] ?? [];
    const imported = (inBrackets ?? inLine ?? '').matchAll(
      /(?<!\w)([A-Za-z]\w*)([ \t]+as[ \t]+\w+)?/g,
    );
    return [...imported].flatMap(({ 1: name = '', 2: alias, index }) =>
      isKnown(name) ? [] : [{ name, from: from + index, isImported: alias === undefined }],
    );
  });
}

const isKnown = (name: string): boolean =>
  publicNames.has(name) || optaxModule.member(name) !== undefined;

/** Where a name stands for itself behind a place: not for a member of something, nor for a keyword. */
function placesBehind(code: string, name: string, behind: number): readonly number[] {
  const uses = code.matchAll(new RegExp(String.raw`(?<![\w.])${name}\b(?!\s*=[^=])`, 'g'));
  return [...uses].map(({ index }) => index).filter((index) => index >= behind);
}

const functions = [...new Set([...publicNames, ...(optaxModule.names?.() ?? [])])].filter((name) =>
  /^[a-z]/.test(name),
);

/** Names that are alike by what they begin or end with; what is left of them tells them apart. */
const families = [/^(scale_by_)(.+)()$/, /^()(.+)(_schedule)$/];

function meantName(written: string): string | undefined {
  for (const family of families) {
    const [whole, before = '', middle = '', after = ''] = family.exec(written) ?? [];
    if (whole === undefined) continue;
    const end = closestName(
      middle,
      functions.flatMap((name) => family.exec(name)?.[2] ?? []),
    );
    return end === undefined ? undefined : before + end + after;
  }
  // `adam_of_mine` is none of Adam.
  return closestName(
    written,
    functions.filter((name) => !written.startsWith(`${name}_`)),
  );
}

/** Whether the code itself expects that Optax may not have what it names. */
function isTried(code: string, at: number): boolean {
  return headersAround(code, at).some((line) =>
    /^(?:try|except)\b|\b(?:hasattr|suppress|raises)\b|version/i.test(line.trim()),
  );
}
