import { startWorker } from '../comparison/worker.ts';
import { messageOf } from '../inputError.ts';
import { findEngine, isGpu, type Engine, type EngineName } from './engines.ts';

/** An engine after an attempt to start it. */
export type TriedEngine =
  | {
      readonly name: EngineName;
      readonly state: 'ready';
      readonly what: string;
      readonly device: string;
      readonly version: string;
      /** All that it could compute on, where there are several. */
      readonly adapters: readonly string[];
    }
  | Extract<Engine, { readonly state: 'missing' }>;

/** Looks for an engine and starts it, since only that shows that it works. */
export async function tryEngine(name: EngineName): Promise<TriedEngine> {
  const engine = await findEngine(name);
  if (engine.state === 'missing') return engine;
  try {
    const worker = await startWorker(engine.program, 1);
    const { device, version, adapters } = worker;
    worker.end();
    const { what, program } = engine;
    const onGpu = isGpu(device) || name === 'wasm';
    const remark = onGpu ? '' : `. ${program.whyNoGpu()}`;
    return { name, state: 'ready', what: `${what}${remark}`, device, version, adapters };
  } catch (error) {
    const why = `Its worker ${messageOf(error)}.`;
    return { name, state: 'missing', why, howToGet: 'Use another engine.' };
  }
}
