import { Worker } from 'node:worker_threads';

/*
 * How a worker process lives beside its parent. To be imported before anything that takes time.
 */

/**
 * A signal such as Ctrl-C reaches every process of a terminal or a service. A worker leaves it to
 * its parent, which tells when and how to stop.
 */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

/**
 * A worker ends with its parent, however that ends. Its own thread may be in a step that takes long,
 * or in native code that hangs, so a thread of its own looks whether the parent is still there.
 */
const watch = `
  const parent = ${process.ppid};
  setInterval(() => {
    let gone = process.ppid !== parent;
    try {
      process.kill(parent, 0);
    } catch {
      gone = true;
    }
    if (gone) process.kill(process.pid, 'SIGKILL');
  }, 1000);`;
new Worker(watch, { eval: true }).on('error', () => undefined).unref();
