import type { Span } from '../checking/finding.ts';
import { findScheduleFunction } from '../optax/catalog.ts';
import type { OptaxFunction } from '../optax/optaxFunction.ts';
import { optimizers } from '../optax/optimizers.ts';
import type { Assumption, Use } from '../reading/reading.ts';
import { argumentHeading, argumentText, boundaryText, valueText } from './argumentText.ts';
import { factsLine, isConstant } from './curveFacts.ts';
import { drawn, type Details, type Look, type Picture } from './hoverPicture.ts';
import { assumedText } from './lenses.ts';
import { code, paragraphs, plain } from './markdown.ts';
import { otherSchedules } from './otherValues.ts';
import { trainingOf, type ScheduleText } from './scheduleText.ts';
import {
  definitionOf,
  subjectAt,
  type NamedSchedule,
  type Subject,
  type SubjectOf,
} from './subject.ts';

/** What is told of something in a text. */
export interface ScheduleHover {
  /** What is told of. */
  readonly span: Span;
  /** A line of Markdown above the picture. */
  readonly heading: string;
  readonly picture?: Picture;
  /** Markdown below the picture. */
  readonly text: string;
  /** The name by which the reading has the schedule. */
  readonly name?: string;
}

/** What is told of what stands at an offset; undefined where that has nothing to do with schedules. */
export function hoverAt(
  source: ScheduleText,
  offset: number,
  look: Look,
): ScheduleHover | undefined {
  const subject = subjectAt(source, offset);
  return subject && { span: subject.span, ...told(source, subject, look) };
}

type Told = Omit<ScheduleHover, 'span'>;

function told(source: ScheduleText, subject: Subject, look: Look): Told {
  switch (subject.kind) {
    case 'schedule': {
      const { schedule, isFunctionName } = subject;
      const summary = isFunctionName ? findScheduleFunction(schedule.function)?.summary : undefined;
      return { heading: scheduleHeading(schedule), ...curve(source, schedule, look, { summary }) };
    }
    case 'argument':
      return argument(source, subject, look);
    case 'boundary':
      return boundary(source, subject, look);
    case 'rate':
      return rate(source, subject.use, look);
    case 'optimizer':
      return optimizer(source, subject.use, look);
    case 'function':
      return functionTold(subject.function);
  }
}

function scheduleHeading({ name, function: f }: NamedSchedule): string {
  return name === undefined || name === f ? `**${code(f)}**` : `**${code(name)}** · ${code(f)}`;
}

/** What a hover has besides the curve. */
interface Besides extends Details {
  /** One sentence or two. */
  readonly summary?: string | undefined;
}

/** The curve of a schedule, its facts, and what it rests on; or why there is none. */
function curve(
  source: ScheduleText,
  named: NamedSchedule,
  look: Look,
  { summary, ...details }: Besides = {},
): Omit<Told, 'heading'> {
  const { name, schedule, assumptions } = named;
  const known = name === undefined ? {} : { name };
  if (!schedule) {
    return {
      ...known,
      text: paragraphs('Optax refuses these arguments.', summary && plain(summary)),
    };
  }
  const { picture, facts } = drawn(source, named, schedule, look, details);
  const text = paragraphs(facts, summary && plain(summary), assumptionsText(assumptions));
  return { ...known, picture, text };
}

/** Assumptions begin by saying that nothing gives the value: that they are listed says it here. */
const opening = /^Nothing gives '.*?': assumed, /;

function assumptionsText(assumptions: readonly Assumption[]): string {
  return assumptions
    .map(
      (one) =>
        `- assumes ${code(`${one.name} = ${assumedText(one)}`)}: ${plain(one.why.replace(opening, ''))}`,
    )
    .join('\n');
}

/** An argument, with what the curve would be if it were another one. */
function argument(
  source: ScheduleText,
  { call, parameter }: Pick<SubjectOf<'argument'>, 'call' | 'parameter'>,
  look: Look,
): Told {
  const heading = argumentHeading(call, parameter);
  const about = argumentText(call, parameter);
  const named = definitionOf(call, source.read) ?? call;
  const { name, picture, text } = curve(source, named, look, {
    others: otherSchedules(call, parameter),
    value: valueText(call, parameter),
  });
  return {
    heading,
    ...(name !== undefined && { name }),
    // The room in a hover is for the effect: what the schedule as a whole does, its name tells.
    ...(picture
      ? { picture, text: paragraphs(about, assumptionsText(call.assumptions)) }
      : { text: paragraphs(about, text) }),
  };
}

function boundary(
  source: ScheduleText,
  { call, parameter, index }: SubjectOf<'boundary'>,
  look: Look,
): Told {
  const about = call.schedule && boundaryText(source, call, call.schedule, { ...parameter, index });
  if (!about) return argument(source, { call, parameter }, look);
  const named = definitionOf(call, source.read) ?? call;
  const { text, ...rest } = curve(source, named, look, { focus: about.step });
  return { ...rest, heading: about.heading, text: paragraphs(about.text, text) };
}

/** The curve of a learning rate; a number needs none. */
function rate(source: ScheduleText, use: Use, look: Look): Told {
  const definition = use.definition === undefined ? '' : ` · ${code(use.definition)}`;
  const heading = `**learning rate** of ${code(use.optimizer)}${definition}`;
  return { heading, ...rateCurve(source, use, look) };
}

function optimizer(source: ScheduleText, use: Use, look: Look): Told {
  const definition = use.definition === undefined ? '' : ` · learning rate ${code(use.definition)}`;
  const summary = optimizers.find(({ name }) => name === use.optimizer)?.summary;
  return {
    heading: `**${code(use.optimizer)}**${definition}`,
    ...rateCurve(source, use, look, summary),
  };
}

function rateCurve(
  source: ScheduleText,
  use: Use,
  look: Look,
  summary?: string,
): Omit<Told, 'heading'> {
  const { name, learningRate, definition, assumptions, span } = use;
  const about = summary && plain(summary);
  if (!learningRate) {
    const why = 'Optax refuses this learning rate, or nothing is known of it.';
    return { name, text: paragraphs(why, about) };
  }
  const defined = source.read.definitions.find((one) => one.name === definition);
  if (!defined && isConstant(learningRate)) {
    const facts = factsLine(learningRate, [], trainingOf(source));
    return { name, text: paragraphs(facts, about, assumptionsText(assumptions)) };
  }
  const named = { name, function: use.optimizer, schedule: learningRate, assumptions, span };
  return curve(source, defined ?? named, look, { summary });
}

/** A function that is not called, or with nothing that could be read. */
function functionTold({ name, summary, since, parameters }: OptaxFunction): Told {
  const list = parameters.map(
    (parameter) => `- ${code(parameter.name)}: ${plain(parameter.summary)}`,
  );
  return {
    heading: `**${code(name)}**`,
    text: paragraphs(plain(summary), since && `Since Optax ${since}.`, list.join('\n')),
  };
}
