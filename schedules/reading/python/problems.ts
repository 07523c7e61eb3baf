import type { Finding, Fix, Span } from '../../checking/finding.ts';
import type { Problem } from '../../optax/binding.ts';
import type { Creation } from './machine/journal.ts';
import type { Machine } from './machine/machine.ts';
import { argumentNameSpan, argumentSpan, type CallSite } from './values/value.ts';

/** What Optax would refuse, once for each place. */
export function problemFindings(machine: Machine): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const creation of machine.journal.creations) {
    const { site, problems, assumptions, isInternal, isUndecided } = creation;
    if (isInternal || site?.module !== machine.mainModule) continue;
    for (const problem of problems) {
      // What is only assumed may be refused without anything being wrong.
      if (assumptions.length > 0 && problem.code === 'refused-by-optax') continue;
      // Nor what is spread where it is not known which way the program goes.
      if (isUndecided && site.args.some(({ spread }) => spread !== '')) continue;
      const finding = findingOf(problem, site, creation);
      found.set(`${finding.span.from} ${finding.message}`, finding);
    }
  }
  return [...found.values()];
}

function findingOf(problem: Problem, site: CallSite, { spans }: Creation): Finding {
  const { code, parameter, message } = problem;
  const value =
    spans.get(parameter) ?? argumentSpan(site, parameter) ?? argumentSpan(site, Number(parameter));
  const name = argumentNameSpan(site, parameter);
  const place = (code === 'unknown-argument' ? name : undefined) ?? value ?? site;
  const fix = fixOf(problem, name, value);
  return {
    code,
    severity: 'error',
    message,
    span: { from: place.from, to: place.to },
    ...(fix && { fixes: [fix] }),
  };
}

function fixOf({ fix }: Problem, name: Span | undefined, value: Span | undefined): Fix | undefined {
  if (!fix) return undefined;
  if ('name' in fix) {
    return name && { title: `Change to '${fix.name}'`, edits: [{ span: name, text: fix.name }] };
  }
  const text = typeof fix.value === 'string' ? `'${fix.value}'` : String(fix.value);
  const span = value && { from: value.from, to: value.to };
  return span && { title: `Change to ${text}`, edits: [{ span, text }] };
}
