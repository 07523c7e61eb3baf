import assert from 'node:assert/strict';
import { extremesPerColumn, sampleSchedule } from '../../../schedules/drawing/sampling.ts';
import type { PhasedSchedule } from '../../../schedules/optax/phases.ts';
import { built } from '../optax/goldens.ts';

const columns = 400;
const tenMillion = 10_000_000;

/** A schedule that counts how often it is evaluated. */
function counted({ schedule, phases }: PhasedSchedule) {
  const counter = { evaluations: 0 };
  const counting = (step: number): number => {
    counter.evaluations++;
    return schedule(step);
  };
  return { counter, phased: { schedule: counting, phases } };
}

const constant = (value: number) => ({ function: 'constant_schedule', arguments: { value } });
const onePhase = [{ name: 'decay', from: 0, to: null }] as const;

describe('Samples of a schedule', () => {
  it('are all its steps where it is short', () => {
    const cosine = built({
      function: 'cosine_decay_schedule',
      arguments: { init_value: 0.1, decay_steps: 1000 },
    });
    assert.deepEqual(
      sampleSchedule(cosine, 1001, columns),
      Array.from({ length: 1001 }, (_, x) => ({ x, y: cosine.schedule(x) })),
    );
    assert.deepEqual(sampleSchedule(cosine, 1, columns), [{ x: 0, y: cosine.schedule(0) }]);
  });

  for (const length of [6_000, 200_000, tenMillion]) {
    it(`have every step of a staircase over ${length} steps, and both ends of its jumps`, () => {
      const stairs = built({
        function: 'exponential_decay',
        arguments: {
          init_value: 1,
          transition_steps: length / 50,
          decay_rate: 0.9,
          staircase: true,
        },
      });
      const points = sampleSchedule(stairs, length, columns);
      const rates = Array.from({ length: 50 }, (_, i) => stairs.schedule((i * length) / 50));
      assert.deepEqual([...new Set(points.map(({ y }) => y))], rates);
      const jumps = points.slice(1).filter((point, i) => point.y !== points[i]!.y);
      assert.equal(jumps.length, 49);
      for (const { x } of jumps) {
        const before = points.findLast((point) => point.x < x)!;
        assert.ok(x - before.x <= Math.max(1, length / columns / 4), `${before.x} to ${x}`);
      }
    });
  }

  it('have a spike of a single step among ten million', () => {
    const spike = built({
      function: 'join_schedules',
      arguments: {
        schedules: [constant(0.1), constant(5), constant(0.1)],
        boundaries: [7_654_321, 7_654_322],
      },
    });
    const highest = sampleSchedule(spike, tenMillion, columns).filter(({ y }) => y === 5);
    assert.deepEqual(highest, [{ x: 7_654_321, y: 5 }]);
  });

  it('have the peak and the end of every cycle of warm restarts', () => {
    const cycle = {
      init_value: 0,
      peak_value: 0.1,
      warmup_steps: 1000,
      decay_steps: 500_000,
      end_value: 0.01,
    };
    const restarts = built({
      function: 'sgdr_schedule',
      arguments: { cosine_kwargs: Array.from({ length: 20 }, () => cycle) },
    });
    const steps = new Set(sampleSchedule(restarts, tenMillion, columns).map(({ x }) => x));
    for (let start = 0; start < tenMillion; start += 500_000) {
      assert.ok(steps.has(start + 1000), `peak at ${start + 1000}`);
      assert.ok(steps.has(start + 499_999), `end of the cycle that began at ${start}`);
      assert.ok(steps.has(start), `restart at ${start}`);
    }
  });

  it('show a cycle of any length, be it as long as the distance of the samples', () => {
    for (const cycle of [2, 391, 782, 4096]) {
      const saw = { schedule: (step: number) => (step % cycle) / (cycle - 1), phases: onePhase };
      const rates = sampleSchedule(saw, 5_000_000, columns).map(({ y }) => y);
      assert.ok(Math.min(...rates) < 0.05 && Math.max(...rates) > 0.95, `cycle of ${cycle}`);
    }
  });

  it('evaluate few of ten million steps, however many phases there are', () => {
    const phases = Array.from({ length: 100_000 }, (_, i) => ({
      name: i % 2 ? ('decay' as const) : ('warm-up' as const),
      from: i * 100,
      to: i === 99_999 ? null : (i + 1) * 100,
    }));
    const { counter, phased } = counted({ schedule: (step) => step % 100, phases });
    const points = sampleSchedule(phased, tenMillion, 700);
    assert.ok(counter.evaluations < 40_000, `${counter.evaluations}`);
    assert.ok(points.length <= 5 * 700, `${points.length}`);
  });
});

describe('The extremes per column', () => {
  const noise = Array.from({ length: 50_000 }, (_, x) => ({ x, y: (x * 7919) % 104_729 }));
  const columnOf = (x: number) => Math.floor((x * columns) / (noise.length - 1));

  it('reach as far up and down in every column as all points do', () => {
    const few = extremesPerColumn(noise, columns);
    assert.ok(few.length <= 4 * columns + 1);
    const range = (points: typeof noise) => {
      const ranges = new Map<number, [number, number]>();
      for (const { x, y } of points) {
        const [low, high] = ranges.get(columnOf(x)) ?? [y, y];
        ranges.set(columnOf(x), [Math.min(low, y), Math.max(high, y)]);
      }
      return ranges;
    };
    assert.deepEqual(range([...few]), range(noise));
  });

  it('are points of the curve in their order', () => {
    const few = extremesPerColumn(noise, columns);
    assert.ok(few.every((point, i) => i === 0 || few[i - 1]!.x < point.x));
    assert.ok(few.every(({ x, y }) => noise[x]!.y === y));
  });

  it('keep the gap of a single step', () => {
    const gap = noise.map(({ x, y }) => ({ x, y: x === 23_456 ? NaN : y }));
    const notFinite = extremesPerColumn(gap, columns).filter(({ y }) => !Number.isFinite(y));
    assert.deepEqual(notFinite, [{ x: 23_456, y: NaN }]);
  });
});
