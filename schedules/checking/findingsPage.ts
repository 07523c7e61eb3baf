import type { Severity } from './finding.ts';
import { findingKinds } from './findingKinds.ts';

const headings: Readonly<Record<Severity, string>> = {
  error: 'Errors',
  warning: 'Warnings',
  information: 'Information',
  hint: 'Hints',
};

/** The page docs/findings.md, in Markdown. */
export function findingsPage(): string {
  const sections = Object.entries(headings).map(([severity, heading]) => {
    const entries = Object.entries(findingKinds)
      .filter(([, kind]) => kind.severity === severity)
      .map(([code, { title, summary }]) => `- \`${code}\`: ${title}. ${summary}`);
    return [`## ${heading}`, '', ...entries, ''].join('\n');
  });
  return `# Findings

What Anneal says of schedules, by the code that each finding carries.
Made from \`schedules/checking/findingKinds.ts\`.
In Python, \`# anneal: ignore[CODE]\` at the end of a line silences a finding that begins there, and \`# anneal: ignore\` all of them.

${sections.join('\n')}`;
}
