import type { Reading } from '../reading/reading.ts';
import type { Finding } from './finding.ts';
import { nonFiniteRateFindings } from './finiteRates.ts';

/** What is to be said of definitions that could be read, beyond what Optax would refuse. */
export function checkReading(reading: Reading): readonly Finding[] {
  return nonFiniteRateFindings(reading);
}
