import assert from 'node:assert/strict';
import { lockstepKind, workersNeeded } from '../../../runner/comparison/lockstep.ts';
import { workerPool } from '../../../runner/comparison/workerPool.ts';
import { startWorker, type Worker } from '../../../runner/comparison/worker.ts';
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

  const outOfMemory = { type: 'broken', message: 'too much', outOfMemory: true } as const;

  it('gives runs of a kind one worker, and a quarter as many each time that its memory ran out', async () => {
    const found = await findEngine('wasm');
    assert.ok(found.state === 'ready');
    const program = { ...found.program, mostInLockstep: () => 16 };
    const firstWorker = await startWorker(program, 1);
    const pool = workerPool({ program, firstWorker }, 1, new AbortController().signal);
    const taken = new Set([firstWorker]);
    /** The one worker of some runs. */
    const workerFor = async (runs: number): Promise<Worker> => {
      const workers = await Promise.all(
        Array.from({ length: runs }, () => pool.take(smallSettings)),
      );
      for (const one of workers) taken.add(one);
      const [worker, ...others] = new Set(workers);
      assert.ok(worker && others.length === 0, 'all are at one worker');
      return worker;
    };
    try {
      const first = await workerFor(16);
      assert.equal(first, firstWorker);
      for (const most of [4, 1]) {
        const runs = pool.mostInLockstep(smallSettings);
        const worker = most === 4 ? first : await workerFor(runs);
        worker.end();
        for (let run = 0; run < runs; run++) assert.ok(pool.giveBack(worker, outOfMemory));
        assert.equal(pool.mostInLockstep(smallSettings), most);
      }

      const last = await workerFor(1);
      assert.ok(!pool.giveBack(last, outOfMemory), 'one alone is not too many');
      assert.equal(await workerFor(1), last, 'it was kept');
      pool.giveBack(last, { type: 'completed' });
      pool.end();
    } finally {
      for (const worker of taken) worker.end();
    }
  });
});
