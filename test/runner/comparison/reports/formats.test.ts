import assert from 'node:assert/strict';
import type { ReportedComparison } from '../../../../runner/comparison/reports/formats.ts';
import { csvReport } from '../../../../runner/comparison/reports/csv.ts';
import { jsonReport } from '../../../../runner/comparison/reports/json.ts';
import { markdownReport } from '../../../../runner/comparison/reports/markdown.ts';
import { explanation, reportTable } from '../../../../runner/comparison/reports/table.ts';
import { comparisonTable } from '../../../../runner/terminal/comparisonTable.ts';
import { comparisonOf, seeded, wrongOn } from '../../../support/comparedRuns.ts';

const single = comparisonOf([
  wrongOn('best', 0, 1000),
  wrongOn('close', 970, 1990),
  wrongOn('far', 0, 2000),
]);

const repeated = comparisonOf([
  ...[0.9, 0.91, 0.92].map((accuracy, seed) => seeded('a', seed, accuracy)),
  ...[0.9, 0.9, 0.93].map((accuracy, seed) => seeded('b|c', seed, accuracy)),
  ...[0.8, 0.8].map((accuracy, seed) => seeded('d', seed, accuracy)),
  { ...seeded('d', 2, 0.1), failed: 'No memory.' },
]);

const note = ({ results, state }: ReportedComparison): string =>
  explanation(results, state.started);

describe('The table of a comparison', () => {
  it('marks what is not distinguishable from the best, and says what that means', () => {
    assert.deepEqual(reportTable(single.results), {
      heads: [
        'Schedule',
        'Final accuracy',
        'Points to\u00a0best',
        'p',
        'Best accuracy',
        'Best epoch',
        'Final loss',
        'Time',
      ],
      rows: [
        ['best', '0.9000', 'best', '', '0.9000', '1', '90.000', '20 s'],
        ['close', '0.8980', '≈ −0.20', '0.668', '0.8980', '1', '90.000', '20 s'],
        ['far', '0.8000', '−10.00', '< 0.001', '0.8000', '1', '90.000', '20 s'],
      ],
    });
    assert.equal(
      note(single),
      '≈ is not distinguishable from the best: such a difference may be chance, that of the 10000 ' +
        "test images (p ≥ 0.05, McNemar's exact test, with Holm's correction over 3 pairs).",
    );
  });

  it('has means and intervals where runs are repeated with other seeds', () => {
    const { heads, rows } = reportTable(repeated.results);
    assert.deepEqual(heads, [
      'Schedule',
      'Final accuracy',
      'Points to\u00a0best',
      'p',
      'Best accuracy',
      'Final loss',
      'Time of\u00a0a\u00a0run',
    ]);
    assert.deepEqual(
      rows.map((row) => row.slice(0, 3)),
      [
        ['a', '0.9100 ± 0.0248', 'best'],
        ['b|c', '0.9100 ± 0.0430', '≈ 0.00'],
        ['d (2 of 3 seeds)', '0.8000 ± 0.0000', '≈ −11.00'],
      ],
    );
    assert.equal(
      note(repeated),
      'Figures are means over 3 seeds, ± their 95 % interval. ≈ is not distinguishable from the ' +
        'best: such a difference may be chance, that of starting weights (p ≥ 0.05, paired t-test ' +
        "over seeds, with Holm's correction over 3 pairs).",
    );
    const shuffled = comparisonOf([seeded('a', 0, 0.9), seeded('a', 1, 0.9)], { shuffle: true });
    assert.equal(note(shuffled), 'Figures are means over 2 seeds, ± their 95 % interval.');
  });

  it('says so where every difference is more than chance', () => {
    const far = comparisonOf([wrongOn('best', 0, 1000), wrongOn('far', 0, 2000)]);
    assert.equal(
      note(far),
      'Each difference from the best is more than the chance of the 10000 test images explains ' +
        "(p < 0.05, McNemar's exact test).",
    );
  });

  it('tells what is ahead of the best, having failed under a seed', () => {
    const failing = comparisonOf([
      ...[0.9, 0.9].map((accuracy, seed) => seeded('steady', seed, accuracy)),
      { ...seeded('lucky', 0, 0.1), failed: 'The loss is NaN.' },
      seeded('lucky', 1, 0.95),
    ]);
    assert.deepEqual(
      reportTable(failing.results).rows.map((row) => row.slice(0, 3)),
      [
        ['steady', '0.9000 ± 0.0000', 'best'],
        ['lucky (1 of 2 seeds)', '0.9500', '+5.00'],
      ],
    );
  });

  it('says nothing of chance where there is nothing to compare', () => {
    const alone = comparisonOf([wrongOn('alone', 0, 10)]);
    assert.equal(note(alone), '');
    assert.ok(!reportTable(alone.results).heads.includes('p'));
    assert.doesNotMatch(comparisonTable(alone), /chance/);
  });

  it('stands on the terminal with its explanation below', () => {
    const lines = comparisonTable(single).split('\n');
    assert.ok(lines.some((line) => /close +│ +0\.8980 │ +≈ −0\.20 │ +0\.668 │/.test(line)));
    assert.equal(lines.at(-1), note(single));
  });

  it('is no wider than the terminal, where names can take more lines', () => {
    const named = comparisonOf([
      wrongOn('exponential_decay, staircase', 0, 10),
      wrongOn('b', 5, 9),
    ]);
    const width = (columns?: number): number => comparisonTable(named, columns).indexOf('\n');
    assert.ok(width() > 90);
    assert.equal(width(85), 85);
    assert.equal(width(200), width());
    assert.equal(width(0), width());
    const names = comparisonTable(named, 85)
      .split('\n')
      .map((line) => line.split('│')[1]?.trim() ?? '');
    assert.ok(names.join('').replaceAll(' ', '').includes('exponential_decay,staircase'));
  });
});

describe('Reports in other formats', () => {
  it('tell the statistics in Markdown', () => {
    const text = markdownReport(repeated);
    assert.ok(text.includes('| b\\|c | 0.9100 ± 0.0430 | ≈ 0.00 |'));
    assert.ok(text.includes(`\n\n${note(repeated)}\n`));
    assert.ok(text.includes('seeds 0 to 2.'));
  });

  it('have schedule, seed, points and p-value in every row of CSV', () => {
    const [heads, ...rows] = csvReport(repeated).trimEnd().split('\r\n');
    assert.equal(
      heads,
      'run,function,epoch,loss,accuracy,learning_rate,seconds,schedule,seed,points_to_best,p_value',
    );
    assert.equal(rows.length, 9);
    assert.match(rows[1]!, /^a \(seed 1\),cosine_decay_schedule,1,99,0\.91,0\.0001,20,a,1,,$/);
    const [points, p] = rows[6]!.split(',').slice(-2).map(Number);
    assert.ok(Math.abs(points! + 11) < 1e-9 && p! > 0 && p! < 1);
  });

  it('have all figures and all pairs in JSON', () => {
    const report = JSON.parse(jsonReport(repeated)) as {
      schedules: { schedule: string; seeds: number[]; finalAccuracy: object; ranking: object }[];
      tests: object[];
      runs: { run: string; schedule: string; seed: number }[];
    };
    const { results } = repeated;
    assert.deepEqual(report.tests, results.tests);
    assert.deepEqual(
      report.schedules.map(({ schedule, seeds, finalAccuracy, ranking }) => ({
        schedule,
        seeds,
        finalAccuracy,
        ranking,
      })),
      results.schedules.map(({ schedule, completed, figures, ranking }) => ({
        schedule,
        seeds: completed.map(({ seed }) => seed),
        finalAccuracy: figures!.finalAccuracy,
        ranking,
      })),
    );
    assert.deepEqual(
      report.runs.slice(0, 2).map(({ run, schedule, seed }) => [run, schedule, seed]),
      [['a (seed 0)', 'a', 0], ['a (seed 1)', 'a', 1]],
    ); // prettier-ignore
  });
});
