import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockOwner, withLock, type Owner } from '../../runner/lock.ts';

describe('withLock', function () {
  this.timeout(20_000);
  let folder: string;
  let lock: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-lock-'));
    lock = join(folder, 'new', 'lock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Another process that has the lock until it is told to give it back. */
  async function startHolder(): Promise<{
    processId: number;
    giveBack: () => void;
    kill: () => void;
  }> {
    const program = `
      import { withLock } from ${JSON.stringify(new URL('../../runner/lock.ts', import.meta.url).href)};
      await withLock(process.argv[1], () => {
        process.stdout.write('locked');
        return new Promise((resolve) => process.stdin.once('data', resolve));
      });
      process.exit();`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', program];
    const child = spawn(process.execPath, [...args, lock], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return {
      processId: child.pid!,
      giveBack: () => child.stdin.write('now'),
      kill: () => child.kill('SIGKILL'),
    };
  }

  it('does the work and gives the lock back, also where the work fails', async () => {
    assert.equal(await withLock(lock, () => Promise.resolve(existsSync(lock))), true);
    await assert.rejects(
      withLock(lock, () => Promise.reject(new Error('work failed'))),
      /work failed/,
    );
    assert.ok(!existsSync(lock));
  });

  it('waits for the process that has the lock, and says so once', async () => {
    const holder = await startHolder();
    const waits: number[] = [];
    let isFree = false;
    const work = withLock(lock, () => Promise.resolve(isFree), {
      onWait: (processId) => {
        waits.push(processId);
        setTimeout(() => {
          isFree = true;
          holder.giveBack();
        }, 600);
      },
    });
    assert.equal(await work, true);
    assert.deepEqual(waits, [holder.processId]);
  });

  it('takes over the lock of a process that was killed', async () => {
    const holder = await startHolder();
    holder.kill();
    await withLock(lock, () => Promise.resolve());
    assert.ok(!existsSync(lock));
  });

  it('takes over a lock that names no process', async () => {
    await withLock(lock, () => Promise.resolve());
    await writeFile(lock, '');
    await withLock(lock, () => Promise.resolve());
    assert.ok(!existsSync(lock));
  });

  it('takes over the lock of a process whose id another one has now, or that ran before a restart', async function () {
    if (process.platform !== 'linux') return this.skip();
    await withLock(lock, async () => {
      const owner = JSON.parse(await readFile(lock, 'utf8')) as Owner;
      assert.deepEqual(await lockOwner(lock), owner);
      assert.equal(owner.process, process.pid);
      for (const other of [{ start: '1' }, { boot: 'before' }, { process: 2 ** 22 + 1 }]) {
        const stale = join(folder, 'stale');
        await writeFile(stale, JSON.stringify({ ...owner, ...other }));
        assert.equal(await lockOwner(stale), undefined);
        assert.equal(await withLock(stale, () => Promise.resolve('done')), 'done');
      }
    });
  });

  it('is refused instead of waited for where it is asked so, also to another machine', async () => {
    const refusal = ({ process: id, host }: Owner, isHere: boolean) =>
      new Error(`${id} on ${host}, ${isHere ? 'here' : 'elsewhere'}`);
    const holder = await startHolder();
    const refused = withLock(lock, () => Promise.resolve(), { refusal });
    await assert.rejects(refused, { message: `${holder.processId} on ${hostname()}, here` });
    holder.giveBack();
    const far = join(folder, 'far');
    const owner = { host: 'far away', process: 1, boot: '', start: '' };
    await writeFile(far, JSON.stringify(owner));
    const refusedThere = withLock(far, () => Promise.resolve(), { refusal });
    await assert.rejects(refusedThere, { message: '1 on far away, elsewhere' });
    assert.deepEqual(await lockOwner(far), owner);
  });

  it('does one thing at a time within a process too', async () => {
    let running = 0;
    const work = async (): Promise<number> => {
      running += 1;
      const seen = running;
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return seen;
    };
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => withLock(lock, work))), [1, 1, 1]);
  });

  it('stops waiting where it is told to', async () => {
    const holder = await startHolder();
    const stop = new AbortController();
    const waiting = withLock(lock, () => Promise.resolve(), {
      onWait: () => {
        stop.abort();
      },
      signal: stop.signal,
    });
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.ok(existsSync(lock));
    holder.giveBack();
  });
});
