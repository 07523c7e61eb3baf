import type { Finding, Fix, Span, TextEdit } from '../checking/finding.ts';

/** The first fix of a finding: the one to prefer. */
export const preferredFix = ({ fixes }: Finding): Fix | undefined => fixes?.[0];

/**
 * The edits that mend all findings at once: of each the preferred fix, unless it touches what an
 * earlier one changes.
 */
export function editsOfAll(findings: readonly Finding[]): readonly TextEdit[] {
  const chosen: TextEdit[] = [];
  for (const { edits } of findings.flatMap((finding) => preferredFix(finding) ?? [])) {
    const isFree = edits.every(({ span }) => chosen.every((other) => !touch(span, other.span)));
    if (isFree) chosen.push(...edits);
  }
  return chosen;
}

/** Whether two stretches have a character or an end in common. */
export const touch = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;
