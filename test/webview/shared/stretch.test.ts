import assert from 'node:assert/strict';
import { panned, within, zoomed } from '../../../webview/shared/plot/stretch.ts';

describe('a stretch of steps', () => {
  it('zooms around a step, which stays where it is', () => {
    assert.deepEqual(zoomed([0, 1000], [0, 1000], 0.5, 200), [100, 600]);
    assert.deepEqual(zoomed([100, 600], [0, 1000], 2, 200), null);
  });

  it('is never shorter than a few steps, unless there are fewer', () => {
    assert.deepEqual(zoomed([100, 110], [0, 1000], 0.01, 105), [101, 109]);
    assert.equal(zoomed([0, 4], [0, 4], 0.01, 2), null);
  });

  it('moves along as far as there are steps', () => {
    assert.deepEqual(panned([100, 200], [0, 1000], 50), [150, 250]);
    assert.deepEqual(panned([100, 200], [0, 1000], -500), [0, 100]);
    assert.deepEqual(panned([100, 200], [0, 1000], 5000), [900, 1000]);
  });

  it('is cut where the schedules have become shorter', () => {
    assert.deepEqual(within([400, 600], [0, 500]), [300, 500]);
    assert.equal(within([0, 1000], [0, 500]), null);
  });
});
