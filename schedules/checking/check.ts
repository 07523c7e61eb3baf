import type { Reading } from '../reading/reading.ts';
import { onlyAskedSchedules } from './askedSchedules.ts';
import type { Finding } from './finding.ts';
import { nonFiniteRateFindings } from './finiteRates.ts';
import { lengthFindings } from './lengths.ts';
import { knownTraining } from './training.ts';
import { trapsIn } from './traps.ts';
import { usageFindings } from './usage.ts';
import { versionFindings } from './versions.ts';

/**
 * What is to be said of definitions that could be read, beyond what Optax would refuse.
 *
 * @param text what was read: names in it go into messages and fixes.
 */
export function checkReading(reading: Reading, text = ''): readonly Finding[] {
  const { calls, pinnedOptax } = reading;
  const training = knownTraining(reading.training, text);
  const onlyAsked = onlyAskedSchedules(reading);
  const traps = trapsIn(calls, text, training, onlyAsked);
  // What explains a length is told alone, and a length in epochs is none in steps.
  const told = new Set<unknown>([...traps.map(({ schedule }) => schedule), ...onlyAsked]);
  return withoutRepetition([
    ...traps.map(({ finding }) => finding),
    ...nonFiniteRateFindings(reading),
    ...usageFindings(reading, text),
    ...(training ? lengthFindings(reading, training, told) : []),
    ...(pinnedOptax === undefined ? [] : versionFindings(calls, pinnedOptax)),
  ]);
}

/** A call may be read several times, where the function that it stands in is called again. */
function withoutRepetition(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ code, span }: Finding) => `${code} ${span.from} ${span.to}`;
  return [
    ...new Map(findings.toReversed().map((finding) => [key(finding), finding])).values(),
  ].sort((a, b) => a.span.from - b.span.from);
}
