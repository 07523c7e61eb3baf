import assert from 'node:assert/strict';
import { isToPreview } from '../../../webview/preview/messageChecks.ts';
import { isFromPreview, type FromPreview } from '../../../webview/messages.ts';
import { mixture, tutorial } from '../support/examples.ts';
import { stateOf } from '../support/previewHost.ts';

const messages: readonly FromPreview[] = [
  { type: 'ready' },
  { type: 'drawn', revision: 1 },
  { type: 'sample', request: 1, schedules: ['a'], from: 0, to: 10, columns: 800 },
  { type: 'evaluate', request: 2, steps: [0, 5] },
  {
    type: 'inspected',
    request: 3,
    chart: { revision: 1, drawnAt: 2.5, from: 0, to: 1, series: [] },
  },
  { type: 'setArgument', schedule: 'a', argument: 'b', value: 1e-3, done: true },
  { type: 'reveal', schedule: 'a', argument: null },
  { type: 'select', schedule: null },
  { type: 'bind', name: 'lr', value: '1e-3' },
  { type: 'whatIf', whatIf: { epochs: 20, batchSize: null } },
  { type: 'setLocked', isLocked: true },
  { type: 'copy', schedules: ['a'], format: 'csv' },
  { type: 'savePicture', png: new Uint8Array(4) },
  { type: 'insert', function: 'sgdr_schedule' },
  { type: 'compare', schedules: [] },
];

describe('the checks of messages', () => {
  for (const message of messages) {
    it(`accept ${message.type}, and not without any of its fields or with others in their place`, () => {
      assert.ok(isFromPreview(message));
      for (const key of Object.keys(message)) {
        const rest = Object.fromEntries(Object.entries(message).filter(([one]) => one !== key));
        assert.ok(!isFromPreview(rest), `without ${key}`);
        assert.ok(!isFromPreview({ ...message, [key]: { a: 1 } }), `${key} of another kind`);
      }
    });
  }

  it('accept the states of real files', () => {
    for (const text of [mixture, tutorial, 'x = 1']) assert.ok(isToPreview(stateOf(text)));
  });

  it('refuse a state with one wrong value, wherever it is', () => {
    const state = stateOf(mixture);
    const [schedule] = state.schedules;
    const wrong: readonly unknown[] = [
      { ...schedule, color: -1 },
      { ...schedule, curve: { ...schedule!.curve, rates: new Float64Array(1) } },
      { ...schedule, curve: { ...schedule!.curve, steps: [...schedule!.curve!.steps] } },
      { ...schedule, arguments: [{ ...schedule!.arguments[0], change: 'run' }] },
      { ...schedule, handles: [{ ...schedule!.handles[0], step: Infinity }] },
      { ...schedule, usedBy: 'sgd' },
    ];
    for (const one of wrong) assert.ok(!isToPreview({ ...state, schedules: [one] }));
    assert.ok(!isToPreview({ ...state, type: 'other' }));
  });

  it('refuse what is no message at all', () => {
    for (const one of [undefined, null, 1, 'ready', [], [{ type: 'ready' }], {}]) {
      assert.ok(!isFromPreview(one) && !isToPreview(one));
    }
  });
});
