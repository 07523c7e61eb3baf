import type { Finding, Fix } from '../../../schedules/checking/finding.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

/** What is said of a Python text, in a project that requires some version of Optax. */
export function pythonFindings(text: string, pinnedOptax?: string): readonly Finding[] {
  return readSchedules('program.py', text, {}, pinnedOptax ? { pinnedOptax } : {}).findings;
}

/** The text with a fix made. */
export function mended(text: string, { edits }: Fix): string {
  return edits.reduceRight(
    (text, { span, text: replacement }) =>
      text.slice(0, span.from) + replacement + text.slice(span.to),
    text,
  );
}
