import { naturalLength, type PhasedSchedule } from './phases.ts';

/**
 * Two rates that multiply the same update, as in `chain(adam(1e-3), scale_by_schedule(decay))`. The
 * phases are those of the one that moves longer.
 */
export function product(a: PhasedSchedule, b: PhasedSchedule): PhasedSchedule {
  const [first = a] = [a, b].filter(moves).sort((a, b) => lengthOf(b) - lengthOf(a));
  return {
    schedule: (step) => Math.fround(a.schedule(step) * b.schedule(step)),
    phases: first.phases,
    ...((a.interpreted ?? b.interpreted) && { interpreted: true }),
  };
}

const lengthOf = ({ phases }: PhasedSchedule): number => naturalLength(phases);

const moves = ({ phases }: PhasedSchedule): boolean => phases.some(({ name }) => name !== 'hold');
