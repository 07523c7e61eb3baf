import { bindArguments } from '../optax/binding.ts';
import { cosineDecaySchedule } from '../optax/cosine.ts';
import { exponentialDecay } from '../optax/exponential.ts';
import { joinSchedules } from '../optax/join.ts';
import { cosineOnecycleSchedule, linearOnecycleSchedule } from '../optax/onecycle.ts';
import type { Arguments } from '../optax/optaxFunction.ts';
import type { PhasedSchedule } from '../optax/phases.ts';
import { piecewiseConstantSchedule, piecewiseInterpolateSchedule } from '../optax/piecewise.ts';
import { linearSchedule, polynomialSchedule } from '../optax/polynomial.ts';
import type { ScheduleFunction } from '../optax/scheduleFunction.ts';
import { sgdrSchedule } from '../optax/sgdr.ts';
import {
  warmupConstantSchedule,
  warmupCosineDecaySchedule,
  warmupExponentialDecaySchedule,
} from '../optax/warmup.ts';
import type { ScheduleCall } from '../reading/reading.ts';
import { alphaAsEndValue, alphaOutOfRange, cosineExponent } from './cosineDecays.ts';
import { endedParts } from './endedParts.ts';
import { epochBoundaries, epochCounts } from './epochCounts.ts';
import { decayRate, endValueFromStart } from './exponentialDecays.ts';
import type { Finding } from './finding.ts';
import { finding } from './findingKinds.ts';
import { boundaryCount, boundaryOrder } from './joins.ts';
import { collidingPhases } from './onecycles.ts';
import { boundaryAtStart, ratesAsScales } from './piecewise.ts';
import { cyclesInTurn } from './restarts.ts';
import { sourceOf } from './source.ts';
import type { KnownTraining } from './training.ts';
import { emptyTransition, polynomialPower } from './transitions.ts';
import type { CallContext, Trap, Trapper } from './trap.ts';
import {
  emptyWarmup,
  endValueAbovePeak,
  endValueJump,
  ignoredEndValue,
  negativeWarmup,
} from './warmups.ts';

type TrapsOfCall = (call: ScheduleCall, context: CallContext) => readonly Trap[];

function trapsOf<A extends Arguments>(
  f: ScheduleFunction<A>,
  ...trappers: readonly Trapper<A>[]
): readonly [string, TrapsOfCall] {
  return [
    f.name,
    ({ arguments: raw }, context) => {
      const binding = bindArguments(f, raw);
      if (!binding.ok) return [];
      return [...trappers, epochCounts(f)].flatMap(
        (trapper) => trapper(binding.arguments, context) ?? [],
      );
    },
  ];
}

const trapsOfFunctions: ReadonlyMap<string, TrapsOfCall> = new Map([
  trapsOf(linearSchedule, emptyTransition),
  trapsOf(polynomialSchedule, emptyTransition, polynomialPower),
  trapsOf(exponentialDecay, decayRate('init_value'), endValueFromStart),
  trapsOf(cosineDecaySchedule, alphaOutOfRange, alphaAsEndValue, cosineExponent),
  trapsOf(
    piecewiseConstantSchedule,
    boundaryAtStart(piecewiseConstantSchedule),
    ratesAsScales,
    epochBoundaries,
  ),
  trapsOf(
    piecewiseInterpolateSchedule,
    boundaryAtStart(piecewiseInterpolateSchedule),
    ratesAsScales,
  ),
  trapsOf(linearOnecycleSchedule, collidingPhases),
  trapsOf(cosineOnecycleSchedule, collidingPhases),
  trapsOf(warmupConstantSchedule, emptyWarmup),
  trapsOf(
    warmupCosineDecaySchedule,
    negativeWarmup,
    ignoredEndValue,
    endValueAbovePeak,
    cosineExponent,
  ),
  trapsOf(warmupExponentialDecaySchedule, negativeWarmup, decayRate('peak_value'), endValueJump),
  trapsOf(sgdrSchedule, cyclesInTurn),
  trapsOf(joinSchedules, boundaryCount, boundaryOrder),
]);

/**
 * What Optax accepts without a word in the arguments of calls, and nobody means. A call that rests
 * on assumptions has none: its numbers are not the writer's.
 *
 * @param onlyAsked schedules that count what the text asks them with.
 */
export function trapsIn(
  calls: readonly ScheduleCall[],
  text: string,
  training: KnownTraining | undefined,
  onlyAsked: ReadonlySet<unknown>,
): readonly { readonly schedule: PhasedSchedule; readonly finding: Finding }[] {
  const shown = calls.filter(isShown(calls));
  const ended = endedParts(calls);
  return shown.flatMap((call) => {
    const { schedule, assumptions } = call;
    if (schedule === null || assumptions.length > 0) return [];
    const context = {
      ...{ source: sourceOf(call, text), training },
      ...{ isOnlyAsked: onlyAsked.has(schedule), isEnded: ended.has(schedule) },
    };
    const traps = trapsOfFunctions.get(call.function)?.(call, context) ?? [];
    return traps.map((trap) => ({ schedule, finding: trapFinding(call, trap) }));
  });
}

/**
 * A first part that ends at step 0 is never seen, so it may be as empty as it likes: a warm-up that
 * is switched off is joined like that.
 */
function isShown(calls: readonly ScheduleCall[]): (call: ScheduleCall) => boolean {
  const unseen = new Set<unknown>();
  for (const { arguments: raw } of calls) {
    const { schedules, boundaries } = raw;
    if (!Array.isArray(schedules) || !Array.isArray(boundaries)) continue;
    if (Number(boundaries[0]) <= 0) unseen.add(schedules[0]);
  }
  return ({ schedule }) => !unseen.has(schedule);
}

function trapFinding(call: ScheduleCall, { code, message, parameters, fix }: Trap): Finding {
  const spans = parameters.flatMap((parameter) => call.argumentSpans[parameter] ?? []);
  const span = fix && call.argumentSpans[fix.parameter];
  const fixes = span
    ? [{ title: `Write ${fix.parameter}=${fix.text}`, edits: [{ span, text: fix.text }] }]
    : [];
  return finding(code, message, spans[0] ?? call.span, ...fixes);
}
