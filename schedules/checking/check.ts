import type { Reading } from '../reading/reading.ts';
import type { Finding } from './finding.ts';
import { nonFiniteRateFinding } from './finiteRates.ts';

/** What is to be said of definitions that could be read, beyond what Optax would refuse. */
export function checkReading({ definitions, training }: Reading): readonly Finding[] {
  return definitions.flatMap((definition) => nonFiniteRateFinding(definition, training) ?? []);
}
