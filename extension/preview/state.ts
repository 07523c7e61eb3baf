import { sampleSchedule } from '../../schedules/drawing/sampling.ts';
import { changeableCounts } from '../../schedules/language/whatIf.ts';
import { naturalLength, type PhasedSchedule } from '../../schedules/optax/phases.ts';
import type { Definition, ScheduleCall } from '../../schedules/reading/reading.ts';
import { trainingOf, type ScheduleText } from '../../schedules/language/scheduleText.ts';
import { defaultEpochs, stepsPerEpoch } from '../../schedules/reading/trainingSteps.ts';
import type { ReadText } from '../../schedules/readSchedules.ts';
import type { Curve, PreviewSchedule, PreviewTraining } from '../../webview/messages.ts';
import { argumentsOf } from './arguments.ts';
import { CurveMemory, originOf } from './curveMemory.ts';
import { handlesOf } from './handles.ts';

/** A text with what was read of it. */
export interface Previewed extends ScheduleText {
  /** The colour index of a schedule. */
  readonly colorOf: (name: string) => number;
  /** Whether a name has a value that the user set. */
  readonly isBound: (name: string) => boolean;
}

/** Pixel columns that the first picture of a curve has points for. */
const columns = 500;

/** Every schedule of a text, over the same steps: as many as the longest needs. */
export function previewSchedules(
  previewed: Previewed,
  memory = new CurveMemory(),
): readonly PreviewSchedule[] {
  const { definitions, calls } = previewed.read;
  const range = { from: 0, to: shownSteps(previewed) };
  const made = new Map(
    calls.flatMap((call) => (call.schedule ? [[call.schedule, call] as const] : [])),
  );
  memory.beginState();
  return definitions.map((definition) => {
    const { schedule } = definition;
    const origin = schedule && originOf(schedule, made);
    const key = origin ? `${range.to} ${origin}` : undefined;
    const curve = schedule && memory.curve(key, () => curveOf(schedule, range, columns));
    return scheduleOf(definition, curve, previewed);
  });
}

function scheduleOf(
  definition: Definition,
  curve: Curve | null,
  { text, read, colorOf, isBound }: Previewed,
): PreviewSchedule {
  const { name, schedule, assumptions } = definition;
  const call = callOf(definition, read);
  const described = call ? argumentsOf(call, text) : [];
  const canChange = (argument: string): boolean =>
    described.some(({ name, change }) => name === argument && change === 'literal');
  return {
    name,
    function: definition.function,
    color: colorOf(name),
    refused: schedule ? null : refusal(definition, read),
    length: naturalLength(schedule?.phases ?? []),
    curve,
    phases: schedule?.phases.map(({ name, from, to }) => ({ name, from, to })) ?? [],
    arguments: described,
    assumptions: assumptions.map((one) => ({ ...one, isBound: isBound(one.name) })),
    handles: call ? handlesOf(call, canChange) : [],
    usedBy: read.uses.filter((use) => use.definition === name).map(({ optimizer }) => optimizer),
  };
}

/** The call that makes a schedule; undefined of one that is written by hand. */
export function callOf(
  { schedule, span }: Definition,
  { calls }: ReadText,
): ScheduleCall | undefined {
  return calls.find(
    (call) =>
      call.schedule === schedule && call.span.from === span.from && call.span.to === span.to,
  );
}

/** What the first error within a definition says. */
function refusal({ span }: Definition, { findings }: ReadText): string {
  const error = findings.find(
    ({ severity, span: place }) =>
      severity === 'error' && span.from <= place.from && place.to <= span.to,
  );
  return error?.message ?? 'Optax refuses these arguments.';
}

/** A stretch of a schedule, both ends included, with the points that so many pixel columns need. */
export function curveOf(
  { phases, ...phased }: PhasedSchedule,
  { from, to }: { readonly from: number; readonly to: number },
  columns: number,
): Curve {
  const shifted = {
    ...phased,
    schedule: (step: number) => phased.schedule(step + from),
    phases: phases.map((phase) => ({ ...phase, from: phase.from - from })),
  };
  const points = sampleSchedule(shifted, to - from + 1, columns);
  return {
    from,
    to,
    steps: Float64Array.from(points, ({ x }) => x + from),
    rates: Float64Array.from(points, ({ y }) => y),
  };
}

/** What goes on after the training is shown for so much of its length: enough to see that it does. */
const shownAfterTraining = 0.25;

/** The last step that is shown: of the training or of the longest schedule, whichever is later. */
export function shownSteps(source: ScheduleText): number {
  const { definitions, training } = source.read;
  const lengths = definitions.map(({ schedule }) => naturalLength(schedule?.phases ?? []));
  const longest = Math.max(0, ...lengths);
  const { steps } = previewTraining(source);
  if (steps === null) return longest || defaultEpochs * stepsPerEpoch(training);
  return Math.max(steps, Math.min(longest, Math.ceil((1 + shownAfterTraining) * steps)));
}

/** What a text says of its training: of steps nothing where it does not say how many an epoch has. */
export function previewTraining(source: ScheduleText): PreviewTraining {
  const { read } = source;
  const { training } = read;
  const known = trainingOf(source);
  return {
    stepsPerEpoch: known?.stepsPerEpoch ?? training.stepsPerEpoch ?? null,
    epochs: training.epochs ?? null,
    batchSize: training.batchSize ?? null,
    steps: known ? known.epochs * known.stepsPerEpoch : null,
    canChange: changeableCounts(read.names),
  };
}

export const unknownTraining: PreviewTraining = {
  stepsPerEpoch: null,
  epochs: null,
  batchSize: null,
  steps: null,
  canChange: { epochs: false, batchSize: false },
};
