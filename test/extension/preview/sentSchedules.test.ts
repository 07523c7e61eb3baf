import assert from 'node:assert/strict';
import { sentSchedules } from '../../../extension/preview/sentSchedules.ts';
import { previewSchedules } from '../../../extension/preview/state.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

const text = `import optax

lr = optax.warmup_cosine_decay_schedule(0.0, 1e-3, 100, 1000)
stairs = optax.exponential_decay(1e-3, 100, 0.5, staircase=True)


def by_hand(step):
    return 1e-3 / (1 + step)
`;

function schedulesOf(code: string) {
  const read = readSchedules('train.py', code);
  return previewSchedules({
    kind: 'python',
    text: code,
    read,
    colorOf: () => 0,
    isBound: () => false,
  });
}

/** The names of those that are sent whole. */
const wholeOf = (sent: ReturnType<typeof sentSchedules>): readonly string[] =>
  sent.flatMap((one) => ('isUnchanged' in one ? [] : [one.name]));

describe('The schedules that a page is sent', () => {
  it('are all where it has none', () => {
    assert.deepEqual(wholeOf(sentSchedules(schedulesOf(text), [])), ['lr', 'stairs', 'by_hand']);
  });

  it('are those that changed, and of the others the names, in their order', () => {
    const before = schedulesOf(text);
    const after = schedulesOf(`# Moved by a line.\n${text.replace('0.5, stair', '0.25, stair')}`);
    const sent = sentSchedules(after, before);
    assert.deepEqual(wholeOf(sent), ['stairs']);
    assert.deepEqual(
      sent.map(({ name }) => name),
      ['lr', 'stairs', 'by_hand'],
    );
  });

  it('are those too of which only something beside the curve changed', () => {
    const before = schedulesOf(text);
    const after = schedulesOf(text.replace('0.0, 1e-3, 100', '0.0, 0.001, 100'));
    assert.deepEqual(wholeOf(sentSchedules(after, before)), ['lr']);
  });
});
