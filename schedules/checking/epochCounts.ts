import {
  camelCase,
  type Arguments,
  type BoundaryAndScale,
  type OptaxFunction,
} from '../optax/optaxFunction.ts';
import { counted, figure } from './figures.ts';
import { computed, dictWith, isName } from './source.ts';
import type { KnownTraining } from './training.ts';
import type { CallContext, Trap, Trapper } from './trap.ts';

const namesEpochs = /epoch/i;
const namesSteps = /step|iter|batch|update|per_/i;

/** Numbers of epochs where a function takes steps, and an epoch is known to have several. */
export function epochCounts(f: OptaxFunction): Trapper<Arguments> {
  const steps = f.parameters.filter(({ kind }) => kind === 'steps');
  return (args, { source, training, isOnlyAsked }) => {
    if (isOnlyAsked || training === undefined || training.stepsPerEpoch <= 1) return undefined;
    return steps.flatMap(({ name, role }): readonly Trap[] => {
      const count = Number(args[camelCase(name)]);
      const written = source(name);
      const isNamed = isName(written) && namesEpochs.test(written) && !namesSteps.test(written);
      // A warm-up or a period of as many steps as there are epochs may be a coincidence.
      const isLength = role === 'total steps' || role === 'decay steps';
      if (!(count > 0 && (isNamed || (isLength && count === training.epochs)))) return [];
      const meant = count * training.stepsPerEpoch;
      const text = computed(written, '*', figure(training.stepsPerEpoch), meant);
      const message = `${name} is a number of epochs, and a schedule counts optimizer steps: ${told(count, training)} Give ${figure(meant)} steps.`;
      const fix = { parameter: name, text };
      return [{ code: 'epochs-for-steps', parameters: [name], message, fix }];
    });
  };
}

/** Where an epoch has so many steps, nobody has all boundaries in the first of them. */
const manySteps = 10;

/** Boundaries such as `{30: 0.1, 60: 0.1}` of a training of 90 epochs. */
export function epochBoundaries(
  { boundariesAndScales }: { readonly boundariesAndScales: readonly BoundaryAndScale[] | null },
  { source, training, isOnlyAsked }: CallContext,
): Trap | undefined {
  const entries = boundariesAndScales ?? [];
  if (isOnlyAsked || training === undefined || training.stepsPerEpoch < manySteps) return undefined;
  const { epochs, stepsPerEpoch } = training;
  const last = Math.max(...entries.map(({ step }) => step));
  const lowers = entries.every(({ scale }) => scale < 1);
  if (!lowers || last > epochs || 2 * last < epochs || last <= 1) return undefined;
  const parameter = 'boundaries_and_scales';
  const message = `The boundaries are epochs, and a schedule counts optimizer steps: ${told(last, training)} Multiply them by ${figure(stepsPerEpoch)}.`;
  const text = dictWith(source(parameter), entries, ({ step, scale }) => [
    figure(step * stepsPerEpoch),
    figure(scale),
  ]);
  const fix = text === undefined ? undefined : { parameter, text };
  return { code: 'epochs-for-steps', parameters: [parameter], message, fix };
}

function told(count: number, { epochs, stepsPerEpoch }: KnownTraining): string {
  return `step ${figure(count)} lies in the first of ${counted(epochs, 'epoch')} of ${counted(stepsPerEpoch, 'step')}.`;
}
