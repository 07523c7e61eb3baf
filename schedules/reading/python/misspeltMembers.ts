import type { Finding } from '../../checking/finding.ts';
import { finding } from '../../checking/findingKinds.ts';
import { closestName } from '../../optax/closestName.ts';
import { publicNames } from '../../optax/publicNames.ts';
import { bareCode, headersAround } from './bareCode.ts';
import { optaxModule } from './libraries/optax.ts';

/**
 * Tells of calls of what Optax has not, where it has something of a similar name. A name that is like
 * no other may be one of a newer Optax.
 */
export function misspeltMembers(text: string): readonly Finding[] {
  const names = optaxNames(text);
  if (names.length === 0 || unknownCalls(text, names).length === 0) return [];
  const code = bareCode(text);
  const owners = names.join('|');
  if (new RegExp(String.raw`\b(?:${owners})\s*=[^=]|\bdef\b.*[(,]\s*(?:${owners})\b`).test(code))
    return [];
  return unknownCalls(code, names)
    .slice(0, most)
    .flatMap(({ name, from }) => {
      const meant = meantName(name);
      const isMade = new RegExp(String.raw`\.${name}\s*=[^=]|(["'])${name}\1`).test(text);
      if (meant === undefined || isMade || isTried(code, from)) return [];
      const span = { from, to: from + name.length };
      const fix = { title: `Change to '${meant}'`, edits: [{ span, text: meant }] };
      const message = `Optax has no '${name}'; did you mean '${meant}'?`;
      return finding('unknown-function', message, span, fix);
    });
}

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

function unknownCalls(
  code: string,
  owners: readonly string[],
): readonly { readonly name: string; readonly from: number }[] {
  const calls = new RegExp(
    String.raw`(?<![\w.])(?:${owners.join('|')})\.([A-Za-z]\w*)[ \t]*\(`,
    'dg',
  );
  return [...code.matchAll(calls)].flatMap(({ 1: name = '', indices }) => {
    const [from = 0] = indices?.[1] ?? [];
    const isKnown = publicNames.has(name) || optaxModule.member(name) !== undefined;
    return isKnown ? [] : [{ name, from }];
  });
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
