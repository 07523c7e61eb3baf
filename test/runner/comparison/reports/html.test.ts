import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { htmlReport } from '../../../../runner/comparison/reports/html.ts';
import { comparisonOf, seeded, wrongOn, type TrainedRun } from '../../../support/comparedRuns.ts';
import { childrenOf, elementsOf, parseXml, textOf } from '../../../support/xml.ts';

/** The report of a comparison of such runs, read as XML, which it is as well. */
function reportOf(runs: readonly TrainedRun[], comparison = 'tutorial') {
  const text = htmlReport(comparisonOf(runs, { comparison }));
  const html = parseXml(text);
  return {
    text,
    html,
    rows: elementsOf(elementsOf(html, 'tbody')[0]!, 'tr').map((row) =>
      childrenOf(row).map((cell) => textOf(cell).trim()),
    ),
    charts: elementsOf(html, 'svg').filter(({ attributes }) => attributes['role'] === 'img'),
  };
}

const good: TrainedRun = { run: 'good', epochs: [[150, 0.81], [110, 0.84], [90, 0.87]] }; // prettier-ignore
const better: TrainedRun = { run: 'better', epochs: [[140, 0.82], [100, 0.86], [80, 0.89]] }; // prettier-ignore
const diverged: TrainedRun = {
  run: 'diverged',
  epochs: [[3e9, 0.1]],
  failed: 'The loss is NaN at step 300.',
};

describe('The HTML report', () => {
  it('says what was trained, with what, and how it ended', () => {
    const text = textOf(reportOf([good, better, diverged]).html);
    for (const part of [
      '3 epochs of 60000 images in batches of 256',
      'Trained with wasm (CPU, 2 threads).',
      '3 runs: 2 completed, 1 failed. It took 3 min 07 s.',
    ])
      assert.ok(text.includes(part), part);
  });

  it('has a table of the runs, the most accurate first', () => {
    const { rows } = reportOf([good, diverged, better]);
    assert.deepEqual(
      rows.map(([name, accuracy]) => [name, accuracy]),
      [
        ['better cosine_decay_schedule', '0.8900'],
        ['good cosine_decay_schedule', '0.8700'],
        ['diverged (failed) cosine_decay_schedule', '0.1000'],
      ],
    );
  });

  it('says which schedules cannot be told from the best, and by what', () => {
    const runs = [wrongOn('first', 0, 1000), wrongOn('close', 970, 1990), wrongOn('far', 0, 2000)];
    const { html, rows } = reportOf(runs);
    assert.deepEqual(
      rows.map((cells) => cells.slice(0, 4)),
      [
        ['first cosine_decay_schedule', '0.9000', 'best', ''],
        ['close cosine_decay_schedule', '0.8980', '≈ −0.20', '0.668'],
        ['far cosine_decay_schedule', '0.8000', '−10.00', '< 0.001'],
      ],
    );
    assert.match(textOf(html), /≈ is not distinguishable from the best/);
  });

  it('draws one curve per schedule, the mean over its seeds', () => {
    const runs = [
      seeded('a', 0, 0.8),
      seeded('a', 1, 0.9),
      seeded('b', 0, 0.7),
      seeded('b', 1, 0.7),
    ];
    const { rows, charts, html } = reportOf(runs);
    assert.deepEqual(
      rows.map(([name]) => name),
      ['a cosine_decay_schedule', 'b cosine_decay_schedule'],
    );
    assert.deepEqual(
      charts.map(({ attributes }) => attributes['aria-label']),
      [
        'Accuracy per epoch, mean over seeds of a, b',
        'Loss per epoch, mean over seeds of a, b',
        'Learning rate per step of a, b',
      ],
    );
    assert.ok(textOf(html).includes('seeds 0 to 1'));
  });

  it('shows failed and stopped runs as such, and why they failed', () => {
    const { html, charts } = reportOf([good, diverged, { ...better, stopped: true }]);
    const text = textOf(html);
    assert.ok(text.includes('diverged: The loss is NaN at step 300.'));
    for (const chart of charts) {
      const names = elementsOf(chart, 'text').map(textOf);
      for (const name of ['good', 'diverged (failed)', 'better (stopped)'])
        assert.ok(names.includes(name), name);
    }
  });

  it('draws accuracy, loss and learning rate of every run, in one colour each', () => {
    const { charts } = reportOf([good, better]);
    assert.deepEqual(
      charts.map(({ attributes }) => attributes['aria-label']),
      ['Accuracy per epoch', 'Loss per epoch', 'Learning rate per step'].map(
        (what) => `${what} of better, good`,
      ),
    );
    for (const chart of charts) {
      const curves = elementsOf(chart, 'g').filter(({ attributes }) => attributes['stroke']);
      assert.deepEqual(
        curves.map((curve) => [textOf(curve).trim(), curve.attributes['stroke']]),
        [
          ['better', 'var(--series-1)'],
          ['good', 'var(--series-0)'],
        ],
      );
    }
  });

  it('takes a logarithmic scale where one loss would press the others flat', () => {
    const texts = (runs: readonly TrainedRun[]) =>
      elementsOf(reportOf(runs).charts[1]!, 'text').map(textOf);
    assert.ok(texts([good, diverged]).includes('loss (logarithmic)'));
    assert.ok(!texts([good, better]).includes('loss (logarithmic)'));
  });

  it('shows hostile names as text', () => {
    const name = `</style></title><script>alert(1)</script><img src=x onerror='alert(2)'>&"`;
    const { html, rows } = reportOf(
      [
        { ...good, run: name },
        { ...diverged, failed: name },
      ],
      name,
    );
    for (const element of ['script', 'img']) assert.deepEqual(elementsOf(html, element), []);
    assert.equal(textOf(elementsOf(html, 'h1')[0]!), name);
    assert.ok(rows[0]![0]!.includes(name));
    assert.ok(elementsOf(html, 'li').some((item) => textOf(item) === `diverged: ${name}`));
  });

  it('loads nothing and runs nothing: its policy allows its own style sheet alone', () => {
    const { html, text } = reportOf([good, diverged]);
    const [style, ...others] = elementsOf(html, 'style');
    assert.deepEqual(others, []);
    const hash = createHash('sha256').update(textOf(style!)).digest('base64');
    const policy = elementsOf(html, 'meta').find(({ attributes }) => attributes['http-equiv']);
    assert.deepEqual(policy?.attributes, {
      'http-equiv': 'Content-Security-Policy',
      content: `default-src 'none'; style-src 'sha256-${hash}'`,
    });
    const addresses = text.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
    assert.doesNotMatch(addresses, /https?:|\bsrc=|\bhref=|\bstyle="|\bon\w+="|url\(|@import/);
  });

  it('can be read by screen readers: language, headings, scopes, named pictures', () => {
    const { html } = reportOf([good, better]);
    assert.equal(html.attributes['lang'], 'en');
    assert.equal(elementsOf(html, 'h1').length, 1);
    assert.deepEqual(elementsOf(html, 'h2').map(textOf), [
      'Results',
      'Accuracy per epoch',
      'Loss per epoch',
      'Learning rate per step',
    ]);
    const scopes = elementsOf(html, 'th').map(({ attributes }) => attributes['scope']);
    assert.deepEqual(scopes, [...Array<string>(7).fill('col'), 'row', 'row']);
    for (const { attributes } of elementsOf(html, 'svg'))
      assert.ok(attributes['aria-hidden'] === 'true' || attributes['aria-label']);
  });

  it('is there for a comparison in which no run completed an epoch', () => {
    const failed = { run: 'first', epochs: [], failed: 'No memory.' };
    const { html, charts } = reportOf([failed]);
    assert.equal(charts.length, 1);
    assert.equal(textOf(html).match(/No run has completed an epoch\./g)?.length, 2);
  });
});
