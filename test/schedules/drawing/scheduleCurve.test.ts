import assert from 'node:assert/strict';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import { sampleSchedule } from '../../../schedules/drawing/sampling.ts';
import { scheduleCurve, type ScheduleCurve } from '../../../schedules/drawing/scheduleCurve.ts';
import { naturalLength, type PhasedSchedule } from '../../../schedules/optax/phases.ts';
import { elementsOf, parseXml, textOf, type XmlElement } from '../../support/xml.ts';
import { build, built, goldens } from '../optax/goldens.ts';

function picture(
  schedule: PhasedSchedule,
  length: number,
  assumed = false,
  more: Partial<ScheduleCurve> = {},
): XmlElement {
  return parseXml(
    scheduleCurve({
      name: 'learning_rate',
      points: sampleSchedule(schedule, length, 500),
      phases: schedule.phases,
      assumed,
      palette: palettes.dark,
      width: 500,
      height: 260,
      ...more,
    }).markup,
  );
}

const warmup = built({
  function: 'warmup_cosine_decay_schedule',
  arguments: { init_value: 0, peak_value: 3e-4, warmup_steps: 400, decay_steps: 1000 },
});

describe('The picture of a schedule', () => {
  it('names the schedule, its phases, steps and rates', () => {
    const image = picture(warmup, 1200);
    assert.equal(image.attributes['aria-label'], 'Learning rate of learning_rate, steps 0 to 1199');
    const texts = elementsOf(image, 'text').map(textOf);
    for (const text of ['learning_rate', 'warm-up', 'decay', 'hold', 'step', '1k', '3e-4'])
      assert.ok(texts.includes(text), text);
  });

  it('marks where phases begin, up to its last step', () => {
    const marks = (length: number) => {
      const dashed = elementsOf(picture(warmup, length), 'path').find(
        ({ attributes }) => attributes['stroke-dasharray'] === '1 3',
      );
      return dashed!.attributes['d']!.match(/M/g)?.length ?? 0;
    };
    assert.deepEqual([marks(1200), marks(900), marks(300)], [2, 1, 0]);
  });

  it('is dashed where it rests on an assumption', () => {
    const dash = (assumed: boolean) =>
      elementsOf(picture(warmup, 1000, assumed), 'path').filter(
        ({ attributes }) => attributes['stroke-dasharray'] === '6 4',
      ).length;
    assert.deepEqual([dash(true), dash(false)], [1, 0]);
  });

  it('shades the steps after the training, which its end bounds', () => {
    const shadeOf = (trainedSteps: number) =>
      elementsOf(picture(warmup, 1001, false, { trainedSteps }), 'rect')
        .filter(({ attributes }) => attributes['fill'] === palettes.dark.shade)
        .map(({ attributes }) => Number(attributes['x']) + Number(attributes['width']));
    assert.deepEqual(shadeOf(500), [480]);
    assert.deepEqual(shadeOf(1000), []);
    assert.deepEqual(shadeOf(5000), []);
  });

  it('has other curves in grey behind its own, and names them all', () => {
    const points = [0, 500, 1000].map((x) => ({ x, y: 1e-4 }));
    const others = { here: '400', curves: [{ name: '200', points }] };
    const image = picture(warmup, 1001, false, { others, color: 2 });
    const curves = elementsOf(image, 'g').filter(({ attributes }) => attributes['stroke-width']);
    const strokes = curves.map(({ attributes }) => attributes['stroke']);
    assert.deepEqual(strokes, [palettes.dark.faintText, palettes.dark.series[2]]);
    const texts = elementsOf(image, 'text').map(textOf);
    assert.ok(texts.includes('400') && texts.includes('200'));
  });

  it('leaves the room of titles to the curve where it is compact', () => {
    const texts = elementsOf(picture(warmup, 1001, false, { isCompact: true }), 'text').map(textOf);
    assert.ok(texts.includes('step'));
    assert.ok(!texts.includes('learning rate') && !texts.includes('learning_rate'));
  });

  it('can be drawn of whatever Optax accepts', () => {
    let drawn = 0;
    for (const golden of goldens.cases) {
      const schedule = build(golden);
      if ('problems' in schedule) continue;
      for (const length of [1, 2, Math.min(naturalLength(schedule.phases) + 1, 1e8)]) {
        const places = elementsOf(picture(schedule, Math.max(1, length)), 'path');
        const bad = places.find(({ attributes }) => /[^MLHVhv\d. -]/.test(attributes['d']!));
        assert.equal(bad, undefined, `${golden.function}(${JSON.stringify(golden.arguments)})`);
        drawn++;
      }
    }
    assert.ok(drawn > 300, `${drawn}`);
  }).timeout(60_000);
});
