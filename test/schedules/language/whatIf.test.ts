import assert from 'node:assert/strict';
import { changeableCounts, whatIfSettings } from '../../../schedules/language/whatIf.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

const text = `import optax
epochs = 10
batch_size = 256
steps_per_epoch = 60_000 // batch_size
lr = optax.cosine_decay_schedule(1e-3, epochs * steps_per_epoch)
`;

describe('Another length of training', () => {
  it('changes everything that is computed from it', () => {
    const { names, training } = readSchedules('a.py', text);
    const settings = whatIfSettings({ epochs: 20, batchSize: 512 }, names, training);
    const changed = readSchedules('a.py', text, settings);
    assert.equal(changed.training.epochs, 20);
    assert.equal(changed.training.batchSize, 512);
    assert.equal(changed.training.stepsPerEpoch, 117);
    assert.equal(changed.definitions[0]?.schedule?.phases[1]?.from, 20 * 117);
  });

  it('as the code says changes nothing', () => {
    const { names, training } = readSchedules('a.py', text);
    assert.deepEqual(whatIfSettings({ epochs: null, batchSize: null }, names, training), {});
  });

  it('needs names for what is to change', () => {
    const { names } = readSchedules('a.py', 'import optax\nbatch_size = 32\n');
    assert.deepEqual(changeableCounts(names), { epochs: false, batchSize: true });
  });
});
