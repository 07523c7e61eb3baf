import { engineNames, findEngine } from '../engines/engines.ts';
import { startWorker } from '../comparison/worker.ts';
import { installTensorFlow } from '../engines/tensorflow/install.ts';
import { progressBar } from './progressBar.ts';
import { exitCodes } from './usage.ts';
import { messageOf } from '../inputError.ts';

/** `anneal engines`: what can train here, on which device, and how to get the rest. */
export async function listEngines({ json = false }): Promise<number> {
  const engines = await Promise.all(engineNames.map(tryEngine));
  if (json) process.stdout.write(`${JSON.stringify({ engines })}\n`);
  else for (const engine of engines) process.stdout.write(`${engineLine(engine)}\n`);
  return exitCodes.done;
}

type TriedEngine = Awaited<ReturnType<typeof tryEngine>>;

/** Looks for an engine and starts it, since only that shows that it works. */
async function tryEngine(name: (typeof engineNames)[number]) {
  const engine = await findEngine(name);
  if (engine.state === 'missing') return engine;
  try {
    const worker = await startWorker(engine.program, 1);
    const { device, version, adapters } = worker;
    worker.end();
    return { name, state: 'ready', what: engine.what, device, version, adapters } as const;
  } catch (error) {
    const why = `Its worker ${messageOf(error)}.`;
    return { name, state: 'missing', why, howToGet: 'Use another engine.' } as const;
  }
}

function engineLine(engine: TriedEngine): string {
  const name = engine.name.padEnd(12);
  if (engine.state === 'ready') {
    const { device, what, adapters } = engine;
    const all = adapters.length > 1 ? `; it can use ${adapters.join(', ')}` : '';
    return `${name}ready    ${device}: ${what}${all}`;
  }
  return `${name}missing  ${engine.why} ${engine.howToGet}`;
}

/** `anneal engines install tensorflow` */
export async function installEngine(signal: AbortSignal): Promise<number> {
  const bar = progressBar(process.stderr);
  try {
    await installTensorFlow({
      signal,
      report: (message) => process.stderr.write(`${message}\n`),
      onProgress: (received, total) => {
        bar.show('TensorFlow', total === undefined ? undefined : received / total);
      },
    });
  } finally {
    bar.end();
  }
  const engine = await tryEngine('tensorflow');
  process.stdout.write(`${engineLine(engine)}\n`);
  return engine.state === 'ready' ? exitCodes.done : exitCodes.failed;
}
