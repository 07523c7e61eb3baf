import assert from 'node:assert/strict';
import { lockstepKind, workersNeeded } from '../../../runner/comparison/lockstep.ts';
import { workerPool } from '../../../runner/comparison/workerPool.ts';
import { startWorker } from '../../../runner/comparison/worker.ts';
import { findEngine } from '../../../runner/engines/engines.ts';
import { mostInLockstep } from '../../../runner/engines/webgpu/lockstep.ts';
import { smallSettings } from '../../support/smallComparison.ts';

const adam = { name: 'adam', args: {}, clipByGlobalNorm: null };
const shuffled = { ...smallSettings, shuffle: true };

describe('Runs that can be trained in lockstep', () => {
  it('see the same batches and have the same optimizer', () => {
    const kind = lockstepKind(smallSettings);
    assert.equal(lockstepKind({ ...smallSettings, seed: 7 }), kind);
    assert.notEqual(lockstepKind({ ...shuffled, seed: 7 }), lockstepKind(shuffled));
    assert.notEqual(lockstepKind({ ...smallSettings, optimizer: adam }), kind);
    assert.notEqual(lockstepKind({ ...smallSettings, batchSize: 8 }), kind);
  });

  it('need a worker for each kind, and more where they are many', () => {
    const others = { ...smallSettings, optimizer: adam };
    const runs = [smallSettings, others, smallSettings, smallSettings, others];
    assert.equal(
      workersNeeded(runs, () => 1),
      5,
    );
    assert.equal(
      workersNeeded(runs, () => 2),
      3,
    );
    assert.equal(
      workersNeeded(runs, () => 16),
      2,
    );
    assert.equal(
      workersNeeded([], () => 16),
      0,
    );
  });

  it('are as many on a GPU as its memory and their optimizer allow', () => {
    const usual = { ...smallSettings, batchSize: 256 };
    assert.equal(mostInLockstep(usual), 16);
    assert.equal(mostInLockstep(usual, 128 * 2 ** 20), 5);
    assert.equal(mostInLockstep({ ...usual, batchSize: 60_000 }), 1);
    const clipped = { ...usual.optimizer, clipByGlobalNorm: 1 };
    assert.equal(mostInLockstep({ ...usual, optimizer: clipped }), 1);
    assert.equal(mostInLockstep({ ...usual, optimizer: { ...adam, name: 'rmsprop' } }), 1);
  });
});

describe('A pool of workers that train in lockstep', function () {
  this.timeout(60_000);

  it('gives runs of a kind one worker, and trains fewer together once memory ran out', async () => {
    const engine = await findEngine('wasm');
    assert.ok(engine.state === 'ready');
    const program = { ...engine.program, mostInLockstep: () => 3 };
    const firstWorker = await startWorker(program, 1);
    const pool = workerPool({ program, firstWorker }, 2, new AbortController().signal);
    const taken = [firstWorker];
    try {
      const take = async (): Promise<(typeof taken)[number]> => {
        const worker = await pool.take(smallSettings);
        taken.push(worker);
        return worker;
      };
      const three = await Promise.all([take(), take(), take()]);
      assert.deepEqual(new Set(three), new Set([firstWorker]));
      const fourth = await take();
      assert.notEqual(fourth, firstWorker);

      firstWorker.end();
      const end = { type: 'broken', message: 'too much', outOfMemory: true } as const;
      for (const worker of three) pool.giveBack(worker, end);
      assert.equal(pool.mostInLockstep(smallSettings), 1);
      assert.equal(await take(), fourth, 'it has places, if not for lockstep');

      pool.giveBack(fourth, { type: 'completed' });
      pool.giveBack(fourth, { type: 'completed' });
      assert.ok(fourth.alive, 'it is kept for others');
      pool.end();
    } finally {
      for (const worker of taken) worker.end();
    }
  });
});
