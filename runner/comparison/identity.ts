import { createHash } from 'node:crypto';
import { dataFiles } from '../data/files.ts';
import { isGpu } from '../engines/engines.ts';
import { batchesPerEpoch } from '../training/epochs.ts';
import { settingsOfRun, type Plan, type PlannedRun } from './plan.ts';

/** To be changed with the network or with how it is initialised or trained. */
const model = 'tutorial CNN, lecun_normal of Flax 0.3.6';

/**
 * What determines a run, but for the engine, up to the end of each of its epochs: a checksum over the
 * network, the data, the settings and the rates so far. Runs whose first epochs are the same have the
 * same first identities.
 */
export function identities(plan: Plan, run: PlannedRun): readonly string[] {
  return [...identitiesByEpoch(plan, run)];
}

/** The same one by one: each takes time. */
export function* identitiesByEpoch(plan: Plan, run: PlannedRun): Generator<string> {
  const { epochs, ...settings } = settingsOfRun(plan, run);
  const data = dataFiles.map(({ sha256 }) => sha256);
  const ground = { model, data, settings, perturbation: run.perturbation ?? null };
  let identity = JSON.stringify(ground, sorted);
  const batches = batchesPerEpoch(plan.settings);
  for (let i = 0; i < epochs; i++) {
    // A plan on the disk does not tell -0 from 0.
    const rates = run.learningRates.slice(i * batches, (i + 1) * batches).map((rate) => rate + 0);
    identity = createHash('sha256').update(identity).update(rates).digest('hex');
    yield identity;
  }
}

/** For `JSON.stringify`: the same text whatever order the fields of an object have. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Engines of one class train the same to float32's rounding: a run is not continued with what another
 * class has trained unless a person chose to change engines.
 */
export function engineClass(engine: string, device: string): string {
  return `${engine} on ${isGpu(device) ? 'GPU' : 'CPU'}`;
}
