import assert from 'node:assert/strict';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import { sampleSchedule } from '../../../schedules/drawing/sampling.ts';
import { scheduleCurve } from '../../../schedules/drawing/scheduleCurve.ts';
import { naturalLength, type PhasedSchedule } from '../../../schedules/optax/phases.ts';
import { elementsOf, parseXml, textOf, type XmlElement } from '../../support/xml.ts';
import { build, built, goldens } from '../optax/goldens.ts';

function picture(schedule: PhasedSchedule, length: number, assumed = false): XmlElement {
  return parseXml(
    scheduleCurve({
      name: 'learning_rate',
      points: sampleSchedule(schedule, length, 500),
      phases: schedule.phases,
      assumed,
      palette: palettes.dark,
      width: 500,
      height: 260,
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
