import type { Definition, Reading, Use } from '../reading/reading.ts';
import type { Finding, Span } from './finding.ts';
import { finding } from './findingKinds.ts';
import { isName, slice } from './source.ts';
import { givenSchedules } from './givenSchedules.ts';

/** Tells of schedules that no optimizer is given, in a text that has optimizers. */
export function usageFindings(reading: Reading, text: string): readonly Finding[] {
  const { definitions, uses } = reading;
  if (uses.length === 0) return [];
  const unused = definitions.filter(isUnused(reading));
  if (unused.length === 0) return [];
  const followers = onlyUses(definitions, uses);
  const mentions = countBy(text.match(/[A-Za-z_]\w*/g) ?? []);
  const defined = countBy(definitions.map(({ name }) => nameInText(name)));
  const trains = uses.some(({ span }) => indentation(span, text) === '');
  return unused.flatMap((definition) => {
    const { name, span } = definition;
    const use = followers.get(name);
    // A function may well be a view of the schedule that is given, made to be drawn.
    const isFunction = definition.schedule?.interpreted === true;
    const another = use && !isFunction ? anotherGiven(definition, use, text) : undefined;
    const isSecond = reading.uses.some(
      ({ definition: given, span: at }) => given === use?.definition && at.to <= span.from,
    );
    if (another && isSecond) return another;
    const written = nameInText(name);
    // What is mentioned more often than it is defined may be used in a way that is not known.
    if (mentions.get(written) !== defined.get(written)) return [];
    const target = assignedName(span, text);
    // What a module holds may be for others, unless it trains by itself.
    if (target?.name !== written || (target.isOuter && !trains)) return [];
    if (another) return another;
    const message = `No optimizer is given '${written}', and nothing else uses it. Give it to an optimizer, or delete it.`;
    return finding('never-used', message, span);
  });
}

/** A second `schedule` is listed as `schedule#2`. */
const nameInText = (name: string): string => name.replace(/#\d+$/, '');

/** Whether no optimizer and no other schedule is given a definition, under whatever name. */
function isUnused(reading: Reading): (definition: Definition) => boolean {
  const used = givenSchedules(reading);
  return ({ name, schedule }) => schedule !== null && !used.has(name) && !used.has(schedule);
}

/** Of each definition the use that follows it before the next definition, if that is a single one. */
function onlyUses(
  definitions: readonly Definition[],
  uses: readonly Use[],
): ReadonlyMap<string, Use | undefined> {
  const inOrder = [
    ...definitions.map(({ name, span }) => ({ from: span.from, name })),
    ...uses.map((use) => ({ from: use.span.from, use })),
  ].sort((a, b) => a.from - b.from);
  const followers = new Map<string, Use | undefined>();
  let last = '';
  for (const item of inOrder) {
    if ('name' in item) last = item.name;
    else followers.set(last, followers.has(last) ? undefined : item.use);
  }
  return followers;
}

/** Tells of an optimizer that is given another schedule than the one that is defined before it. */
function anotherGiven(
  { name }: Definition,
  { definition: given, rateSpan, span: useSpan }: Use,
  text: string,
): Finding | undefined {
  if (given === undefined) return undefined;
  const [meant, written] = [nameInText(name), nameInText(given)];
  if (meant === written) return undefined;
  const message = `'${meant}' is defined just before, but the optimizer is given '${written}'. Give it '${meant}', or delete that.`;
  const at = rateSpan ?? useSpan;
  const canReplace = isName(meant) && slice(text, at) === written;
  const fixes = canReplace
    ? [{ title: `Give the optimizer '${meant}'`, edits: [{ span: at, text: meant }] }]
    : [];
  return finding('another-schedule-used', message, at, ...fixes);
}

/** A target and its annotation are seldom longer. */
const longestTarget = 200;

/** The name in `name = ...` before a definition: others are listed after what they stand in. */
function assignedName(
  { from, to }: Span,
  text: string,
): { readonly name: string; readonly isOuter: boolean } | undefined {
  const before = text.slice(Math.max(0, from - longestTarget), from);
  const target = /(?:^|\n)([ \t]*)(\w+)[ \t]*(?::[^=\n]*)?=\s*$/.exec(before);
  // In a call `name=...` is a keyword.
  const isInside = /^(?:\s|#[^\n]*\n)*[,)\]}]/.test(text.slice(to, to + longestTarget));
  return target && !isInside ? { name: target[2] ?? '', isOuter: target[1] === '' } : undefined;
}

function indentation({ from }: Span, text: string): string {
  const line = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function countBy(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
