import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { exclusively } from '../../../../runner/engines/tensorflow/exclusive.ts';

const source = new URL('../../../../runner/engines/tensorflow/exclusive.ts', import.meta.url);

/** Another process that holds the lock until it is killed. */
async function holdElsewhere(name: string) {
  const program = `
    import { exclusively } from ${JSON.stringify(source.href)};
    exclusively(${JSON.stringify(name)}, () => new Promise(() => {
      console.log('holding');
      setInterval(() => {}, 1000);
    }));`;
  const other = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(other.stdout, 'data');
  return other;
}

describe('exclusively', function () {
  this.timeout(30_000);

  it('lets one action of a name run at a time, and both in the end', async () => {
    let running = 0;
    let most = 0;
    const action = async () => {
      most = Math.max(most, ++running);
      await delay(50);
      return running--;
    };
    await Promise.all([exclusively('turns', action), exclusively('turns', action)]);
    assert.equal(most, 1);
    assert.equal(running, 0);
  });

  it('lets go when the action fails', async () => {
    const fail = () => Promise.reject(new Error('no compiler'));
    await assert.rejects(exclusively('failing', fail), /no compiler/);
    assert.equal(await exclusively('failing', () => Promise.resolve(1)), 1);
  });

  it('waits for another process, says so once, and goes on when that one is killed', async () => {
    const other = await holdElsewhere('killed');
    let waits = 0;
    let done = false;
    const waiting = exclusively('killed', () => Promise.resolve((done = true)), {
      onWait: () => waits++,
    });
    await delay(500);
    assert.deepEqual([waits, done], [1, false]);
    other.kill('SIGKILL');
    await waiting;
    assert.deepEqual([waits, done], [1, true]);
  });

  it('stops waiting when its signal says so', async () => {
    const other = await holdElsewhere('stopped');
    try {
      const controller = new AbortController();
      const waiting = exclusively('stopped', () => Promise.resolve(), {
        signal: controller.signal,
      });
      controller.abort(new Error('stopped by the user'));
      await assert.rejects(waiting, /stopped by the user/);
    } finally {
      other.kill();
    }
  });
});
