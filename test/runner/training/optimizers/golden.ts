import file from '../../../fixtures/training/optimizers.json' with { type: 'json' };
import type { OptimizerSettings } from '../../../../runner/protocol.ts';

export type Values = Readonly<Record<string, readonly number[]>>;

/** What Optax computed: see write_optimizers.py. */
export const golden = file as unknown as {
  readonly shapes: Readonly<Record<string, number[]>>;
  readonly parameters: Values;
  readonly gradients: readonly Values[];
  readonly learningRates: readonly number[];
  readonly cases: readonly {
    readonly name: string;
    readonly defaults: OptimizerSettings['args'];
    readonly args: OptimizerSettings['args'];
    readonly clipByGlobalNorm: number | null;
    readonly updates: readonly Values[];
    readonly state: Values;
  }[];
};
