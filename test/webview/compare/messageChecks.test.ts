import assert from 'node:assert/strict';
import { isToCompare } from '../../../webview/compare/messageChecks.ts';
import { isFromCompare, type FromCompare, type ToCompare } from '../../../webview/messages.ts';
import { syntheticEvents, syntheticResults } from '../../support/syntheticComparison.ts';
import { stateOf } from '../support/compareHost.ts';

const said: readonly FromCompare[] = [
  { type: 'ready' },
  { type: 'drawn', revision: 1 },
  { type: 'inspected', request: 3, drawn: { revision: 1, ranked: [], charts: [] } },
  { type: 'stop', run: 'a' },
  { type: 'pause' },
  { type: 'continue', run: null },
  { type: 'first', run: 'a' },
  { type: 'showCode', run: 'a' },
  { type: 'apply', schedule: 'a' },
  { type: 'predictions', request: 1, runs: ['a'] },
  { type: 'images', request: 2, images: [1, 2] },
  { type: 'savePicture', png: new Uint8Array(4) },
  { type: 'export', format: 'html' },
];

const events = syntheticEvents({ runs: 2, epochs: 2, stepsPerEpoch: 4 });
const results = syntheticResults(events);
const state = stateOf(events, { results });
const { run } = state.runs[0]!;
const heard: readonly ToCompare[] = [
  state,
  { type: 'changes', revision: 2, status: state, runs: state.runs },
  { type: 'results', results },
  {
    type: 'predictions',
    ...{ request: 1, classes: ['a'], labels: new Uint8Array(2) },
    runs: [{ run, epoch: 1, predicted: new Uint8Array(2) }],
  },
  { type: 'images', request: 1, images: [4], width: 2, height: 2, pixels: new Uint8Array(4) },
  { type: 'refused', request: 1, message: 'Why.' },
  { type: 'inspect', request: 1 },
];

describe('the checks of messages of a comparison', () => {
  for (const message of said) {
    it(`accept ${message.type} of the page, and not without any of its fields or with others`, () => {
      assert.ok(isFromCompare(message));
      refuseChanged(message, isFromCompare);
    });
  }

  for (const message of heard) {
    it(`accept ${message.type} of the extension, and not without any of its fields or with others`, () => {
      assert.ok(isToCompare(message));
      refuseChanged(message, isToCompare);
    });
  }

  it('refuse a state with one wrong value, wherever it is', () => {
    const [first] = state.runs;
    const { steps } = first!;
    const wrong: readonly unknown[] = [
      { ...first, color: -1 },
      { ...first, color: 0.5 },
      { ...first, status: 'melted' },
      { ...first, epochs: [{ epoch: 1 }] },
      { ...first, steps: { ...steps, losses: [...steps.losses] } },
      { ...first, steps: { ...steps, losses: steps.losses.slice(1) } },
      { ...first, message: 5 },
    ];
    for (const one of wrong) assert.ok(!isToCompare({ ...state, runs: [one] }));
    assert.ok(!isToCompare({ ...state, results: { ...results, schedules: [{}] } }));
    assert.ok(!isToCompare({ ...heard[4], pixels: new Uint8Array(3) }));
  });

  it('refuse what is no message at all', () => {
    for (const one of [undefined, null, 1, 'ready', [], [{ type: 'ready' }], {}]) {
      assert.ok(!isFromCompare(one) && !isToCompare(one));
    }
  });
});

function refuseChanged(message: object, check: (value: unknown) => boolean): void {
  for (const key of Object.keys(message)) {
    const rest = Object.fromEntries(Object.entries(message).filter(([one]) => one !== key));
    assert.ok(!check(rest), `without ${key}`);
    assert.ok(!check({ ...message, [key]: Symbol('other') }), `${key} of another kind`);
  }
}
