import assert from 'node:assert/strict';
import { startWorker } from '../../../../runner/comparison/worker.ts';
import { candidatesFor, chooseEngine } from '../../../../runner/engines/choice.ts';
import { findEngine } from '../../../../runner/engines/engines.ts';
import { adapterVariable } from '../../../../runner/engines/webgpu/adapters.ts';
import { anneal } from '../../../support/anneal.ts';
import { setEnvironment } from '../../../support/environment.ts';
import { hasSoftwareVulkan, softwareVulkan } from '../../../support/softwareVulkan.ts';

describe('Adapters of the webgpu engine', function () {
  this.timeout(120_000);
  let vulkan: Readonly<Record<string, string>>;
  let restore = (): void => undefined;

  before(async function () {
    if (!hasSoftwareVulkan) this.skip();
    vulkan = await softwareVulkan();
  });

  afterEach(() => {
    restore();
  });

  async function start(environment: Readonly<Record<string, string | undefined>>) {
    restore = setEnvironment({ ...vulkan, [adapterVariable]: undefined, ...environment });
    const engine = await findEngine('webgpu');
    assert.ok(engine.state === 'ready');
    return startWorker(engine.program, 1);
  }

  it('are told to be missing where there is no driver', async () => {
    await assert.rejects(
      start({ VK_ICD_FILENAMES: '/nowhere.json' }),
      /^Error: found no GPU: install its driver \(on Linux, one for Vulkan\)$/,
    );
  });

  it('are no software unless that is asked for by its name', async () => {
    await assert.rejects(
      start({}),
      /^Error: found no GPU, only software, .*SwiftShader .*set ANNEAL_WEBGPU_ADAPTER=SwiftShader$/,
    );
  });

  it('are told where another one is asked for', async () => {
    await assert.rejects(
      start({ [adapterVariable]: 'GeForce' }),
      /^Error: found no adapter "GeForce", which ANNEAL_WEBGPU_ADAPTER names; there is SwiftShader /,
    );
  });

  it('are taken by a part of their name, and are a CPU where they are software', async () => {
    const worker = await start({ [adapterVariable]: 'swiftshader' });
    worker.end();
    assert.match(worker.device, /^CPU, SwiftShader Device .*\(vulkan, software\)$/);
    assert.equal(worker.adapters.length, 1);
  });

  it('are listed by anneal engines', async () => {
    const env = { ...vulkan, [adapterVariable]: 'swiftshader' };
    const { stdout } = await anneal(['engines'], { env });
    assert.match(stdout, /^webgpu +ready +CPU, SwiftShader Device .*\(vulkan, software\): WebGPU/m);
  });

  it('leave auto to another engine where they are software, though asked for', async () => {
    restore = setEnvironment({ ...vulkan, [adapterVariable]: 'swiftshader' });
    const reports: string[] = [];
    const { program, firstWorker } = await chooseEngine(candidatesFor('auto'), 1, (message) => {
      reports.push(message);
    });
    firstWorker.end();
    assert.notEqual(program.engine, 'webgpu');
    const report =
      'Engine webgpu is not used: ANNEAL_WEBGPU_ADAPTER names an adapter that is software.';
    assert.ok(reports.includes(report), reports.join());
  });
});
