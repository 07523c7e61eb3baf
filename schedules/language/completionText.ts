import { findScheduleFunction } from '../optax/catalog.ts';
import type { ScheduleCall } from '../reading/reading.ts';
import type { ReadText } from '../readSchedules.ts';
import { valueText } from './argumentText.ts';
import { withoutBlanks, type Completion, type Trial } from './completion.ts';
import { drawn, type Look, type Picture } from './hoverPicture.ts';
import { code, paragraphs, plain } from './markdown.ts';
import type { ScheduleText } from './scheduleText.ts';
import type { NamedSchedule } from './subject.ts';

/** What an item is told by: Markdown, and the picture of the schedule that comes of it. */
export interface CompletionText {
  readonly text: string;
  readonly picture?: Picture;
}

/**
 * Tells of an item what comes of it: the text is read as it would be with the item in it.
 *
 * @param readAs reads the same source with another text.
 */
export function completionText(
  source: ScheduleText,
  item: Completion,
  readAs: (text: string) => ReadText,
  look: Look,
): CompletionText {
  const { label, summary, trial } = item;
  if (!trial) return textOf(source, source.read.definitions.find(isCalled(label)), summary, look);
  const text = trialText(source.text, item, trial);
  const read = readAs(text);
  const call = callAt(read, trial.callAt);
  const value = call && item.parameter && valueLine(call, item);
  const rest = trial.rest.replace(/^[,:] /, '');
  const rests = rest === '' ? undefined : `Drawn with ${code(rest)}.`;
  const refused =
    call?.schedule === null && isComplete(call)
      ? 'Optax refuses the schedule that comes of it.'
      : undefined;
  return textOf({ ...source, text, read }, call, paragraphs(summary, value, rests, refused), look);
}

const isCalled =
  (label: string) =>
  ({ name }: NamedSchedule): boolean =>
    name === label;

function textOf(
  source: ScheduleText,
  named: NamedSchedule | undefined,
  before: string | undefined,
  look: Look,
): CompletionText {
  if (!named?.schedule) return { text: paragraphs(before) };
  const { picture, facts } = drawn(source, named, named.schedule, look);
  const assumed = named.assumptions.map(({ why }) => plain(why));
  return { text: paragraphs(before, plain(facts), ...new Set(assumed)), picture };
}

/** The text that comes of an item, with what its call needs besides. */
function trialText(text: string, { span, text: pieces }: Completion, trial: Trial): string {
  const { rest, closing, closingAt } = trial;
  const head = `${text.slice(0, span.from)}${withoutBlanks(pieces)}${rest}`;
  return `${head}${text.slice(span.to, closingAt)}${closing}${text.slice(closingAt)}`;
}

/** The call that begins at a place. */
function callAt({ calls, unreachedCalls }: ReadText, offset: number): ScheduleCall | undefined {
  const isThere = ({ span }: ScheduleCall): boolean => span.from === offset;
  return calls.find(isThere) ?? unreachedCalls?.().find(isThere);
}

/** Whether nothing is missing that a call needs. */
function isComplete(call: ScheduleCall): boolean {
  const { parameters = [] } = findScheduleFunction(call.function) ?? {};
  return parameters.every(
    ({ name, default: standard }) => standard !== undefined || name in call.arguments,
  );
}

/** `decay_steps = 2350`, where the item does not say that itself. */
function valueLine(call: ScheduleCall, { parameter, label }: Completion): string | undefined {
  if (!parameter || !(parameter.name in call.arguments)) return undefined;
  const value = valueText(call, parameter);
  const line = `${parameter.name} = ${value}`;
  return label === value || label.replace('=', ' = ') === line ? undefined : code(line);
}
