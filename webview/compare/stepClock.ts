import { growingFloats, type GrowingFloats } from './growingFloats.ts';

/**
 * When the steps of a run ended, in seconds of training. A runner tells how fast some steps were, not
 * when each of them ended: it is kept as marks, between which steps take equally long.
 */
export interface StepClock {
  /** The next steps took so long each. */
  run(steps: number, secondsEach: number): void;
  /** Adds marks of another clock: of each, the steps that were done and the seconds that they took. */
  add(marks: Float32Array): void;
  /** Keeps only so many of the first steps. */
  cut(steps: number): void;
  /** The marks behind so many steps. */
  from(steps: number): Float32Array;
  /** Adds the end of each step to those that are there, until there are so many. */
  fill(ends: GrowingFloats, steps: number): void;
}

export function stepClock(): StepClock {
  const marks = growingFloats();
  const stepsAt = (mark: number): number => marks.at(2 * mark) ?? 0;
  const secondsAt = (mark: number): number => marks.at(2 * mark + 1) ?? 0;
  const count = (): number => marks.length / 2;
  /** The first mark behind so many steps. */
  const behind = (steps: number): number => {
    let [low, high] = [0, count()];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (stepsAt(middle) > steps) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  /** The end of a step that lies before a mark. */
  const endBefore = (mark: number, steps: number): number => {
    const [from, begin] = [stepsAt(mark - 1), secondsAt(mark - 1)];
    return begin + ((secondsAt(mark) - begin) * (steps - from)) / (stepsAt(mark) - from);
  };
  return {
    run(steps, secondsEach) {
      const last = count() - 1;
      marks.add([stepsAt(last) + steps, secondsAt(last) + steps * secondsEach]);
    },
    add(more) {
      marks.add(more);
    },
    cut(steps) {
      const mark = behind(steps);
      if (mark === count()) return;
      const seconds = endBefore(mark, steps);
      marks.cut(2 * mark);
      if (steps > stepsAt(mark - 1)) marks.add([steps, seconds]);
    },
    from: (steps) => marks.from(2 * behind(steps)),
    fill(ends, steps) {
      const more = new Float32Array(Math.max(0, steps - ends.length));
      let mark = behind(ends.length);
      more.forEach((_, i) => {
        const step = ends.length + i + 1;
        while (mark < count() && stepsAt(mark) < step) mark++;
        more[i] = mark < count() ? endBefore(mark, step) : secondsAt(mark - 1);
      });
      ends.add(more);
    },
  };
}
