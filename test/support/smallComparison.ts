import type { StartRequest, TrainingSettings } from '../../runner/protocol.ts';
import { fashionMnistFolder } from './fashionMnist.ts';
import { startSteered } from './steeredRunner.ts';

/** A training of less than a second. */
export const smallSettings: TrainingSettings = {
  epochs: 2,
  batchSize: 32,
  trainExamples: 96,
  testExamples: 200,
  seed: 0,
  shuffle: false,
  lossReduction: 'sum',
  optimizer: {
    name: 'sgd',
    args: { momentum: null, nesterov: false },
    clipByGlobalNorm: null,
  },
};

interface Changes extends Partial<Omit<StartRequest, 'settings' | 'runs'>> {
  readonly settings?: Partial<TrainingSettings>;
  /** The constant rates of the schedules, by their names. */
  readonly rates?: Readonly<Record<string, number>>;
}

/** A request to compare constant rates. */
export async function smallStart(folder: string, changes: Changes = {}): Promise<StartRequest> {
  const { settings, rates = { low: 1e-6, high: 1e-3 }, ...others } = changes;
  const all = { ...smallSettings, ...settings };
  const steps = all.epochs * Math.ceil(all.trainExamples / all.batchSize);
  return {
    type: 'start',
    folder,
    engine: 'wasm',
    parallel: 1,
    data: await fashionMnistFolder(),
    settings: all,
    runs: Object.entries(rates).map(([name, rate]) => ({
      name,
      function: 'constant_schedule',
      learningRates: new Array<number>(steps).fill(rate),
    })),
    ...others,
  };
}

/** Trains a small comparison to its end, on real data. */
export async function trainSmall(folder: string, changes?: Changes): Promise<void> {
  const runner = startSteered();
  runner.send(await smallStart(folder, changes));
  const { outcome, message } = await runner.ended;
  runner.child.stdin.end();
  await runner.outcome;
  if (outcome === 'refused') throw new Error(String(message));
}
