import assert from 'node:assert/strict';
import { svgReport } from '../../../../runner/comparison/reports/svg.ts';
import { comparisonOf, seeded, type TrainedRun } from '../../../support/comparedRuns.ts';
import { elementsOf, parseXml, textOf, type XmlElement } from '../../../support/xml.ts';

/** The drawn report of a comparison of such runs, and its charts. */
function pictureOf(runs: readonly TrainedRun[], comparison = 'tutorial') {
  const text = svgReport(comparisonOf(runs, { comparison }));
  const picture = parseXml(text);
  const [, ...charts] = [picture, ...elementsOf(picture, 'svg')];
  return { text, picture, charts: charts.filter((chart) => chart !== picture) };
}

/** Names and colours of the curves of a chart. */
const curvesOf = (chart: XmlElement): readonly (readonly [string, string | undefined])[] =>
  elementsOf(chart, 'g')
    .filter(({ attributes }) => attributes['stroke'])
    .map((curve) => [textOf(curve).trim(), curve.attributes['stroke']]);

const good: TrainedRun = { run: 'good', epochs: [[150, 0.81], [110, 0.84], [90, 0.87]] }; // prettier-ignore
const better: TrainedRun = { run: 'better', epochs: [[140, 0.82], [100, 0.86], [80, 0.89]] }; // prettier-ignore
const diverged: TrainedRun = {
  run: 'diverged',
  epochs: [[3e9, 0.1]],
  failed: 'The loss is NaN at step 300.',
};

describe('The drawn report', () => {
  it('has accuracy, loss and learning rate of every schedule, in one colour each', () => {
    const { charts } = pictureOf([good, better]);
    assert.deepEqual(
      charts.map(({ attributes }) => attributes['aria-label']),
      ['Accuracy per epoch', 'Loss per epoch', 'Learning rate per step'],
    );
    for (const chart of charts) {
      assert.deepEqual(curvesOf(chart), [
        ['better', '#ff5a00'],
        ['good', '#0078c3'],
      ]);
    }
  });

  it('names the schedules once, with what became of those that were not trained to the end', () => {
    const { picture } = pictureOf([good, diverged, { ...better, stopped: true }]);
    const texts = elementsOf(picture, 'text').map(textOf);
    for (const name of ['good', 'diverged (failed)', 'better (stopped)']) {
      assert.equal(texts.filter((text) => text === name).length, 1, name);
    }
  });

  it('draws the mean over seeds', () => {
    const seeds = [seeded('a', 0, 0.8), seeded('a', 1, 0.9), seeded('b', 0, 0.7)];
    const { charts } = pictureOf(seeds);
    assert.equal(charts[0]?.attributes['aria-label'], 'Accuracy per epoch, mean over seeds');
    assert.deepEqual(
      curvesOf(charts[0]).map(([name]) => name),
      ['a', 'b'],
    );
  });

  it('takes a logarithmic scale where one loss would press the others flat', () => {
    const texts = (runs: readonly TrainedRun[]) =>
      elementsOf(pictureOf(runs).charts[1]!, 'text').map(textOf);
    assert.ok(texts([good, diverged]).includes('loss (logarithmic)'));
    assert.ok(!texts([good, better]).includes('loss (logarithmic)'));
  });

  it('shows hostile names as text, and loads nothing', () => {
    const name = `</svg><script>alert(1)</script><image href="x" onerror='alert(2)'/>&"`;
    const { picture, text } = pictureOf([{ ...good, run: name }], name);
    for (const element of ['script', 'image']) assert.deepEqual(elementsOf(picture, element), []);
    assert.equal(picture.attributes['aria-label'], name);
    const addresses = text.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
    assert.doesNotMatch(addresses, /https?:|\bhref="|\bsrc="|\bstyle="|url\(/);
  });

  it('is there for a comparison in which no run completed an epoch', () => {
    const { charts } = pictureOf([{ run: 'first', epochs: [], failed: 'No memory.' }]);
    assert.deepEqual(
      charts.map((chart) => curvesOf(chart).length),
      [0, 0, 1],
    );
  });
});
