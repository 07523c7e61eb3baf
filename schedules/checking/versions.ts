import { findScheduleFunction } from '../optax/catalog.ts';
import type { ScheduleCall } from '../reading/reading.ts';
import type { Finding } from './finding.ts';
import { finding } from './findingKinds.ts';
import { admits } from './pinnedOptax.ts';

/** Tells of a function or argument that no version of Optax has which the project admits. */
export function versionFindings(
  calls: readonly ScheduleCall[],
  pinned: string,
): readonly Finding[] {
  return calls.flatMap((call) => newerThan(pinned, call));
}

function newerThan(pinned: string, call: ScheduleCall): readonly Finding[] {
  const f = findScheduleFunction(call.function);
  if (!f) return [];
  const newer = (what: string, since: string | undefined, instead: string, span = call.span) => {
    if (since === undefined || admits(pinned, since)) return [];
    const message = `${what} is new in Optax ${since}, and the project requires optax${pinned}. Require optax>=${since}, or ${instead}.`;
    return finding('newer-than-pinned-optax', message, span);
  };
  return [
    newer(f.name, f.since, 'use another schedule'),
    ...f.parameters
      .filter(({ name }) => call.arguments[name] !== undefined)
      .map(({ name, since }) =>
        newer(`${name} of ${f.name}`, since, 'leave it out', call.argumentSpans[name]),
      ),
  ].flat();
}
