import { exponentialDecay } from '../optax/exponential.ts';
import { naturalLength, type PhasedSchedule } from '../optax/phases.ts';
import { warmupExponentialDecaySchedule } from '../optax/warmup.ts';
import type { Reading, ScheduleCall } from '../reading/reading.ts';
import { figure } from './figures.ts';
import type { Finding, Span } from './finding.ts';
import { finding } from './findingKinds.ts';
import type { KnownTraining } from './training.ts';

/**
 * Compares the lengths of the learning rates in use with that of the training.
 *
 * @param told schedules of which something is said that explains their length.
 */
export function lengthFindings(
  reading: Reading,
  { epochs, stepsPerEpoch }: KnownTraining,
  told: ReadonlySet<unknown>,
): readonly Finding[] {
  const steps = epochs * stepsPerEpoch;
  const endless = endlessSchedules(reading.calls);
  return [
    ...reading.calls.flatMap((call) => lateBeginning(call, steps) ?? []),
    ...learningRates(reading)
      .filter(({ schedule }) => !told.has(schedule) && !endless.has(schedule))
      .flatMap(({ schedule, span }) => lengthFinding(schedule.phases, span, steps) ?? []),
  ];
}

/** Exponential decays, and what they are parts of: laid out for no length, whatever bounds them. */
function endlessSchedules(calls: readonly ScheduleCall[]): ReadonlySet<unknown> {
  const endless = new Set<unknown>();
  // Parts are read before what they are parts of.
  for (const { function: name, arguments: raw, schedule } of calls) {
    const { schedules: parts } = raw;
    const isEndless = Array.isArray(parts)
      ? parts.some((part) => endless.has(part))
      : name === exponentialDecay.name || name === warmupExponentialDecaySchedule.name;
    if (isEndless) endless.add(schedule);
  }
  return endless;
}

function lateBeginning(
  { arguments: raw, argumentSpans, assumptions, schedule, span }: ScheduleCall,
  steps: number,
): Finding | undefined {
  const begin = raw['transition_begin'];
  if (typeof begin !== 'number' || begin < steps || schedule === null) return undefined;
  if (assumptions.length > 0) return undefined;
  const message = `transition_begin ${figure(begin)} lies beyond the ${figure(steps)} steps of the training: the transition never begins. Give a step before the end.`;
  return finding('begins-after-training', message, argumentSpans['transition_begin'] ?? span);
}

interface LearningRate {
  readonly schedule: PhasedSchedule;
  readonly span: Span;
}

/** The schedules that optimizers are given, or all of a text without optimizers, each once. */
function learningRates({ definitions, uses }: Reading): readonly LearningRate[] {
  const defined = new Map(definitions.map((definition) => [definition.name, definition]));
  const used =
    uses.length === 0
      ? definitions
      : uses.map((use) => ({ ...use, ...(use.definition && defined.get(use.definition)) }));
  const known = used.flatMap((user) => {
    const schedule = 'learningRate' in user ? user.learningRate : user.schedule;
    return schedule && user.assumptions.length === 0 ? [{ schedule, span: user.span }] : [];
  });
  return [...new Map(known.map((rate) => [rate.schedule, rate])).values()];
}

function lengthFinding(
  phases: PhasedSchedule['phases'],
  span: Span,
  steps: number,
): Finding | undefined {
  const length = naturalLength(phases);
  if (length > 2 * steps) {
    const message = `Training ends at step ${figure(steps)}, before half of the ${figure(length)} steps of this schedule.`;
    return finding('training-ends-early', message, span);
  }
  // A warm-up that is held, or stairs, may well end early; a decay that does wastes the rest.
  const [moving, last] = phases.slice(-2);
  const hasDecayed = moving?.name === 'decay' && last?.name === 'hold';
  if (hasDecayed && 2 * length < steps) {
    const message = `The schedule ends at step ${figure(length)}, before half of the ${figure(steps)} steps of the training; the rest has its last rate.`;
    return finding('schedule-ends-early', message, span);
  }
  return undefined;
}
