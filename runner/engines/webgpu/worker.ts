import '../../comparison/workerSignals.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgpu';
import { work } from '../../comparison/workerProcess.ts';
import { cnn } from '../../training/cnn.ts';
import { webgpuLayers } from './layers.ts';
import { updateOf } from './updates.ts';
import { openWebgpu } from './opening.ts';

await work(async () => {
  return { network: cnn(webgpuLayers), updateOf, ...(await openWebgpu()) };
});
