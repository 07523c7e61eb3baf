import assert from 'node:assert/strict';
import { growingFloats } from '../../../webview/compare/growingFloats.ts';
import { stepClock, type StepClock } from '../../../webview/compare/stepClock.ts';

function endsOf(clock: StepClock, steps: number): readonly number[] {
  const ends = growingFloats();
  clock.fill(ends, steps);
  return [...ends.view()];
}

describe("A run's clock", () => {
  it('knows the end of each step from how fast some of them were', () => {
    const clock = stepClock();
    clock.run(2, 0.5);
    clock.run(3, 0.25);
    assert.deepEqual(endsOf(clock, 5), [0.5, 1, 1.25, 1.5, 1.75]);
  });

  it('adds to the ends that are there', () => {
    const clock = stepClock();
    const ends = growingFloats();
    clock.run(2, 0.5);
    clock.fill(ends, 1);
    clock.run(2, 1);
    clock.fill(ends, 4);
    clock.fill(ends, 4);
    assert.deepEqual([...ends.view()], [0.5, 1, 2, 3]);
  });

  it('goes on from within what was told at once', () => {
    const clock = stepClock();
    clock.run(4, 0.5);
    clock.run(4, 1);
    clock.cut(6);
    clock.run(1, 3);
    assert.deepEqual(endsOf(clock, 7), [0.5, 1, 1.5, 2, 3, 4, 7]);
    clock.cut(0);
    clock.run(1, 2);
    assert.deepEqual(endsOf(clock, 1), [2]);
  });

  it('is told another whole, or what is behind the steps that the other has', () => {
    const [host, page] = [stepClock(), stepClock()];
    host.run(2, 0.5);
    page.add(host.from(0));
    host.run(1, 2);
    host.run(1, 1);
    assert.equal(host.from(2).length, 4);
    page.add(host.from(2));
    assert.deepEqual(endsOf(page, 4), endsOf(host, 4));
  });

  it('stands still behind its last mark', () => {
    const clock = stepClock();
    clock.run(1, 2);
    assert.deepEqual(endsOf(clock, 3), [2, 2, 2]);
    assert.deepEqual(endsOf(stepClock(), 2), [0, 0]);
  });
});
