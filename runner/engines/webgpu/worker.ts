import '../../comparison/workerSignals.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgpu';
import { work } from '../../comparison/workerProcess.ts';
import { cnn } from '../../training/cnn.ts';
import type { TrainingSettings } from '../../protocol.ts';
import { webgpuLayers } from './layers.ts';
import { mostInLockstep } from './lockstep.ts';
import { updateOf } from './updates.ts';
import { openWebgpu } from './opening.ts';

await work(async () => {
  const { largestStack, ...opened } = await openWebgpu();
  const most = (settings: TrainingSettings) => mostInLockstep(settings, largestStack);
  return { network: cnn(webgpuLayers), updateOf, mostInLockstep: most, ...opened };
});
