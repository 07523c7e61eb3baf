import { engineNames } from '../engines/engines.ts';
import { installTensorFlow } from '../engines/tensorflow/install.ts';
import { tryEngine, type TriedEngine } from '../engines/trial.ts';
import { progressBar } from './progressBar.ts';
import { exitCodes } from './exitCodes.ts';

/** `anneal engines`: what can train here, on which device, and how to get the rest. */
export async function listEngines({ json = false }): Promise<number> {
  const engines = await Promise.all(engineNames.map(tryEngine));
  if (json) process.stdout.write(`${JSON.stringify({ engines })}\n`);
  else for (const engine of engines) process.stdout.write(`${engineLine(engine)}\n`);
  return exitCodes.done;
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
export async function installEngine({
  gpu,
  signal,
}: {
  readonly gpu: boolean | undefined;
  readonly signal: AbortSignal;
}): Promise<number> {
  const bar = progressBar(process.stderr);
  try {
    await installTensorFlow({
      gpu,
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
