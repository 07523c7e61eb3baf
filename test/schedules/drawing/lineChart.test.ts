import assert from 'node:assert/strict';
import { figureAxis, stepAxis } from '../../../schedules/drawing/axes.ts';
import { lineChart, type LineChart } from '../../../schedules/drawing/lineChart.ts';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import { childrenOf, elementsOf, parseXml, textOf } from '../../support/xml.ts';

const hostile = `"/><script>alert('x')</script>&\u0007`;
const hostileShown = hostile.replace('\u0007', '\ufffd');

/** The picture of a chart, and the commands of the line of its first series. */
function drawn(chart: Partial<LineChart>) {
  const picture = parseXml(
    lineChart({
      label: 'Accuracy per epoch',
      x: { title: 'epoch', make: stepAxis },
      y: { title: 'accuracy', make: figureAxis },
      series: [],
      palette: palettes.light,
      width: 600,
      height: 300,
      ...chart,
    }).markup,
  );
  const series = elementsOf(picture, 'g').filter(({ attributes }) => attributes['stroke']);
  const line = series[0] ? elementsOf(series[0], 'path')[0]!.attributes['d']! : '';
  return { picture, series, line, commands: line.replace(/[^A-Za-z]/g, '') };
}

const points = (...rates: number[]) => rates.map((y, x) => ({ x, y }));
const blue = { name: 'blue', color: '#0000ff' };

describe('A line chart', () => {
  it('tells what it shows to those who do not see it', () => {
    const { picture } = drawn({ label: hostile });
    assert.equal(picture.attributes['role'], 'img');
    assert.equal(picture.attributes['aria-label'], hostileShown);
    const [title] = childrenOf(picture);
    assert.equal(title?.name, 'title');
    assert.equal(textOf(title), hostileShown);
  });

  it('needs nothing from outside and runs nothing', () => {
    const { picture } = drawn({ series: [{ ...blue, points: points(1, 2) }], legend: true });
    const names = new Set(['svg', 'title', 'rect', 'path', 'g', 'text']);
    for (const name of ['script', 'style', 'image', 'use', 'a', 'foreignObject'])
      assert.deepEqual(elementsOf(picture, name), []);
    assert.deepEqual(
      new Set([...names].flatMap((name) => elementsOf(picture, name).map((one) => one.name))),
      names,
    );
  });

  it('shows hostile names as text, in the heading, the legend, the titles and the marks', () => {
    const { picture } = drawn({
      label: hostile,
      heading: hostile,
      x: { title: hostile, make: stepAxis },
      y: { title: hostile, make: figureAxis },
      series: [{ name: hostile, color: '"red"', points: points(1, 2, 3) }],
      marks: [{ x: 0, label: hostile }],
      legend: true,
      width: 1200,
    });
    assert.deepEqual(elementsOf(picture, 'script'), []);
    const texts = elementsOf(picture, 'text').map(textOf);
    assert.equal(texts.filter((text) => text === hostileShown).length, 5);
  });

  it('leaves a gap where a figure is not finite', () => {
    const { commands } = drawn({ series: [{ ...blue, points: points(1, 2, NaN, 3, 5, 4) }] });
    assert.equal(commands, 'MhLMhLL');
    const { line } = drawn({ series: [{ ...blue, points: points(1, Infinity, 2, -Infinity) }] });
    assert.doesNotMatch(line, /Infinity|NaN/);
  });

  it('draws a point without neighbours as a dot', () => {
    const { series } = drawn({ series: [{ ...blue, points: [{ x: 1, y: 0.8 }] }] });
    const [line, dots] = elementsOf(series[0]!, 'path');
    assert.match(line!.attributes['d']!, /^M[\d.]+ [\d.]+h0$/);
    assert.equal(dots!.attributes['d'], line!.attributes['d']);
  });

  it('draws higher figures higher, and everything inside of it', () => {
    const { line } = drawn({ series: [{ ...blue, points: points(0.1, 0.9, 0.5) }] });
    const places = [...line.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [+x!, +y!]);
    const [low, high, middle] = places.map(([, y]) => y!);
    assert.ok(high! < middle! && middle! < low!);
    assert.ok(places.every(([x, y]) => x! >= 0 && x! <= 600 && y! >= 0 && y! <= 300));
  });

  it('has a legend of all names that grows with them, and cuts long ones', () => {
    const long = `${'very '.repeat(100)}long`;
    const names = [...Array.from({ length: 40 }, (_, i) => `run ${i}`), long];
    const series = names.map((name) => ({ name, color: '#123456', points: points(1, 2) }));
    const { picture } = drawn({ series, legend: true });
    const texts = elementsOf(picture, 'text').map(textOf);
    for (const name of names.slice(0, -1)) assert.ok(texts.includes(name), name);
    assert.ok(texts.some((text) => text.startsWith('very very') && text.endsWith('…')));
    assert.ok(Number(picture.attributes['height']) >= 300 + 41 * 20);
    const titles = elementsOf(picture, 'title').map(textOf);
    assert.ok(titles.includes(long));
  });

  it('is empty where no figure is finite', () => {
    const { picture, line } = drawn({ series: [{ ...blue, points: points(NaN, NaN) }] });
    assert.equal(line, '');
    assert.ok(elementsOf(picture, 'text').length > 3);
  });
});
