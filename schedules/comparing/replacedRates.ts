import type { Span, TextEdit } from '../checking/finding.ts';
import type { Definition, Reading, Use } from '../reading/reading.ts';

/** An optimizer's call that a schedule can be put into. */
export interface ReplacedRate {
  /** The optimizer's function. */
  readonly optimizer: string;
  readonly edit: TextEdit;
}

/**
 * The optimizers of a Python text that can be given a schedule, with the edit that does it: those
 * that have another one and stand after its definition, where its name stands for it.
 */
export function replacedRates(
  reading: Pick<Reading, 'definitions' | 'uses'>,
  text: string,
  schedule: string,
): readonly ReplacedRate[] {
  const written = writtenRate(reading, text, schedule);
  if (!written) return [];
  return reading.uses.flatMap(({ rateSpan, optimizer }) => {
    if (!rateSpan || rateSpan.from < written.from || within(text, rateSpan) === written.text) {
      return [];
    }
    return [{ optimizer, edit: { span: rateSpan, text: written.text } }];
  });
}

/** What stands for a schedule, from some offset of the text on. */
function writtenRate(
  { definitions, uses }: Pick<Reading, 'definitions' | 'uses'>,
  text: string,
  schedule: string,
): { readonly text: string; readonly from: number } | undefined {
  const definition = definitions.find(({ name }) => name === schedule);
  if (definition) {
    const isNamed = !uses.some((use) => holds(use, definition)) && isBound(definition, text);
    return isNamed ? { text: schedule, from: definition.span.to } : undefined;
  }
  // A plain number is the same wherever it stands.
  const number = uses.find(({ name }) => name === schedule)?.rateSpan;
  return number && { text: within(text, number), from: 0 };
}

const within = (text: string, { from, to }: Span): string => text.slice(from, to);

const holds = ({ span }: Use, definition: Definition): boolean =>
  span.from <= definition.span.from && definition.span.to <= span.to;

/** A name, its attributes and items: what means the same in another place. */
const path = /^([A-Za-z_]\w*)(?:\.[A-Za-z_]\w*|\[(?:"[^"\\]*"|'[^'\\]*'|\d+)\])*$/;

/**
 * Whether a definition's name is bound once at module level, no later than the definition: what a
 * function binds is not in scope elsewhere, and a name that is bound again may mean something else.
 */
function isBound({ name, span }: Definition, text: string): boolean {
  const [, base] = path.exec(name) ?? [];
  if (base === undefined) return false;
  const binding = new RegExp(String.raw`^(?:(?:def|class)\s+)?${base}\b\s*(?:[:(]|=(?!=))`, 'gm');
  const [first, second] = text.matchAll(binding);
  if (!first || second || first.index > span.from) return false;
  // A factory's name is that of its schedules, and does not stand for them.
  const isFunction = first[0].startsWith('def');
  return isFunction ? first.index === span.from : true;
}
