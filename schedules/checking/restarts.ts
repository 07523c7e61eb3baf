import { figure } from './figures.ts';
import type { Trap } from './trap.ts';
import { cosineExponent } from './cosineDecays.ts';
import { endValueAbovePeak, ignoredEndValue, negativeWarmup } from './warmups.ts';

interface Cycle {
  readonly initValue: number;
  readonly peakValue: number;
  readonly warmupSteps: number;
  readonly decaySteps: number;
  readonly endValue: number;
  readonly exponent: number;
}

interface Restarts {
  readonly cosineKwargs: readonly Cycle[];
}

const parameters = ['cosine_kwargs'];

/** The traps of each cycle, and of how it follows the one before it. */
export function cyclesInTurn({ cosineKwargs }: Restarts): readonly Trap[] {
  let step = 0;
  return cosineKwargs.flatMap((cycle, i) => {
    const traps = [
      negativeWarmup(cycle),
      ignoredEndValue(cycle),
      endValueAbovePeak(cycle),
      cosineExponent(cycle),
      restartJump(cosineKwargs[i - 1], cycle, step),
    ];
    step += cycle.decaySteps;
    return traps.flatMap((trap) =>
      trap ? { code: trap.code, parameters, message: `cosine_kwargs[${i}]: ${trap.message}` } : [],
    );
  });
}

/** Smaller steps are hardly seen in a curve. */
const leastJump = 0.1;

/** A warm restart jumps to its peak; one that warms up from elsewhere jumps there first. */
function restartJump(before: Cycle | undefined, cycle: Cycle, step: number): Trap | undefined {
  if (before === undefined || cycle.warmupSteps <= 0) return undefined;
  const end = before.peakValue === 0 ? 0 : before.endValue;
  const jump = Math.abs(cycle.initValue - end);
  if (!(jump > leastJump * Math.max(before.peakValue, cycle.peakValue))) return undefined;
  return {
    code: 'restart-jump',
    parameters,
    message: `At step ${figure(step)} the rate jumps from ${figure(end)} to ${figure(cycle.initValue)} before it warms up. Give the end_value of the cycle before as init_value if that is not meant.`,
  };
}
