import assert from 'node:assert/strict';
import { holm } from '../../../../runner/comparison/statistics/holm.ts';
import { mcnemar } from '../../../../runner/comparison/statistics/mcnemar.ts';
import { pairedTTest } from '../../../../runner/comparison/statistics/seeds.ts';
import { comparisonOf, seeded, wrongOn } from '../../../support/comparedRuns.ts';

describe('The results of a comparison', () => {
  it('of single runs test every pair of them on the same images, corrected for their number', () => {
    const runs = [wrongOn('c', 500, 560), wrongOn('a', 0, 40), wrongOn('b', 20, 70)];
    const { schedules, tests, seeds } = comparisonOf(runs).results;
    assert.equal(seeds, 1);
    const expected = [mcnemar(30, 20), mcnemar(60, 40), mcnemar(60, 50)];
    assert.deepEqual(
      tests,
      [['a', 'b'], ['a', 'c'], ['b', 'c']].map((pair, i) => ({
        schedules: pair,
        p: expected[i],
        adjustedP: holm(expected)[i],
      })),
    ); // prettier-ignore
    assert.deepEqual(
      schedules.map(({ schedule, ranking }) => [schedule, ranking]),
      [
        ['a', { type: 'best' }],
        ['b', { type: 'behind', points: 100 * (0.995 - 0.996), p: tests[0]!.adjustedP }],
        ['c', { type: 'behind', points: 100 * (0.994 - 0.996), p: tests[1]!.adjustedP }],
      ],
    );
  });

  it('of repeated seeds are means with their intervals, and test pairs of schedules over seeds', () => {
    const accuracies = { a: [0.9, 0.91, 0.92], b: [0.88, 0.9, 0.89] };
    const runs = Object.entries(accuracies).flatMap(([schedule, values]) =>
      values.map((accuracy, seed) => seeded(schedule, seed, accuracy)),
    );
    const { schedules, tests, seeds } = comparisonOf(runs).results;
    assert.equal(seeds, 3);
    const { mean, margin } = schedules[0]!.figures!.finalAccuracy;
    assert.ok(Math.abs(mean - 0.91) < 1e-12);
    // Student's t for two degrees of freedom times 0.01 over the root of three.
    assert.ok(Math.abs(margin! - (4.302652729911275 * 0.01) / Math.sqrt(3)) < 1e-12);
    assert.deepEqual(tests, [
      {
        schedules: ['a', 'b'],
        p: pairedTTest([200, 100, 300]),
        adjustedP: pairedTTest([200, 100, 300]),
      },
    ]);
    assert.deepEqual(
      schedules.map(({ schedule }) => schedule),
      ['a', 'b'],
    );
  });

  it('pair the runs of one seed, whatever order they came in and whichever are missing', () => {
    const runs = [
      seeded('b', 2, 0.7),
      seeded('a', 0, 0.9),
      { ...seeded('a', 1, 0.1), failed: 'No memory.' },
      seeded('a', 2, 0.8),
      seeded('b', 0, 0.85),
      seeded('b', 1, 0.6),
    ];
    const { tests } = comparisonOf(runs).results;
    assert.equal(tests[0]!.p, pairedTTest([-500, -1000]));
  });

  it('do not call best what failed under a seed', () => {
    const runs = [
      seeded('lucky', 0, 0.95),
      { ...seeded('lucky', 1, 0.1), failed: 'The loss is NaN.' },
      ...[0.9, 0.9].map((accuracy, seed) => seeded('steady', seed, accuracy)),
    ];
    const { schedules } = comparisonOf(runs).results;
    assert.deepEqual(
      schedules.map(({ schedule, ranking }) => [schedule, ranking.type]),
      [
        ['steady', 'best'],
        ['lucky', 'behind'],
      ],
    );
  });

  it('do not take two seeds with equal differences for certainty', () => {
    const runs = [0, 1].flatMap((seed) => [seeded('a', seed, 0.52), seeded('b', seed, 0.5)]);
    const { tests } = comparisonOf(runs, { testExamples: 100 }).results;
    assert.ok(tests[0]!.p > 0.05, String(tests[0]!.p));
  });

  it('leave out of the ranking what was not trained to the end', () => {
    const runs = [
      { ...wrongOn('stopped', 0, 10), stopped: true as const },
      wrongOn('done', 0, 3000),
      { run: 'waiting', epochs: [], stopped: true as const },
      { ...wrongOn('failed', 0, 9000), failed: 'The loss is NaN.' },
    ];
    const { schedules, tests } = comparisonOf(runs).results;
    assert.deepEqual(
      schedules.map(({ schedule, ranking }) => `${schedule}: ${ranking.type}`),
      ['done: best', 'stopped: unfinished', 'failed: unfinished', 'waiting: unfinished'],
    );
    assert.deepEqual(tests, []);
  });

  it('rank without a test where predictions are not kept', () => {
    const { correct, ...lost } = wrongOn('lost', 0, 3000);
    assert.ok(correct);
    const { schedules, tests } = comparisonOf([wrongOn('kept', 0, 10), lost]).results;
    assert.deepEqual(tests, []);
    const { ranking } = schedules[1]!;
    assert.ok(ranking.type === 'behind' && ranking.p === undefined);
  });
});
