import { adapterVariable } from '../../runner/engines/webgpu/adapters.ts';
import { hasSoftwareVulkan, softwareAdapter, softwareVulkan } from './softwareVulkan.ts';

/** The card that tests of the webgpu engine are to use (bench/gpu.sh): a part of its name, or `any`. */
const card = process.env['ANNEAL_TEST_GPU'] ?? '';

/** Tests use software where no card is named. */
export const isTestGpuSoftware = card === '';
export const hasTestGpu = !isTestGpuSoftware || hasSoftwareVulkan;

/** The environment in which a process trains on the GPU that tests are to use. */
export async function testGpu(): Promise<Readonly<Record<string, string>>> {
  if (!isTestGpuSoftware) return { [adapterVariable]: card === 'any' ? '' : card };
  return { ...(await softwareVulkan()), [adapterVariable]: softwareAdapter };
}
