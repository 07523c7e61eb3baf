// For `--import`: destroys the first device of WebGPU that any process opens, once the file exists that
// ANNEAL_TEST_LOSE_WHEN names. Real Dawn then loses it as a driver that crashes does. Where
// ANNEAL_TEST_LOSE_HOW is `memory`, the device is told what Dawn tells of memory that ran out.
import { existsSync, writeFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';

const file = process.env['ANNEAL_TEST_LOSE_WHEN'] ?? '';
const lost = `${file}.lost`;

Object.defineProperty(globalThis, 'GPUAdapter', {
  configurable: true,
  set(GPUAdapter) {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (/** @type {unknown[]} */ ...args) {
      const device = await requestDevice.apply(this, args);
      const watch = setInterval(() => {
        if (existsSync(lost)) clearInterval(watch);
        if (existsSync(lost) || !existsSync(file)) return;
        writeFileSync(lost, '');
        if (process.env['ANNEAL_TEST_LOSE_HOW'] !== 'memory') device.destroy();
        else device.onuncapturederror({ error: new globalThis.GPUOutOfMemoryError('too much') });
      }, 20);
      return device;
    };
  },
});
