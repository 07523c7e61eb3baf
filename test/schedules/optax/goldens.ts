import { readFileSync } from 'node:fs';
import { bindArguments } from '../../../schedules/optax/binding.ts';
import type { Problem, RawArguments } from '../../../schedules/optax/binding.ts';
import { findScheduleFunction } from '../../../schedules/optax/catalog.ts';
import type { PhasedSchedule } from '../../../schedules/optax/phases.ts';

export interface GoldenCall {
  readonly function: string;
  readonly arguments: RawArguments;
}

/** What real Optax made of a call: its values at steps `at` (default: from 0), or what it raised. */
export type GoldenCase = GoldenCall &
  ({ readonly at?: number[]; readonly values: number[] } | { readonly raises: string });

export interface GoldenParameter {
  readonly name: string;
  readonly default?: unknown;
  readonly keywordOnly?: true;
}

interface Goldens {
  readonly versions: { readonly optax: string };
  readonly signatures: Readonly<Record<string, readonly GoldenParameter[]>>;
  readonly cases: readonly GoldenCase[];
}

const notFinite = new Set(['NaN', 'Infinity', '-Infinity']);

/** Written by write_goldens.py beside it, with real Optax. */
export const goldens = JSON.parse(
  readFileSync(new URL('../../fixtures/optax/schedules.json', import.meta.url), 'utf8'),
  (_, value: unknown) =>
    typeof value === 'string' && notFinite.has(value) ? Number(value) : value,
) as Goldens;

export type Built = PhasedSchedule | { readonly problems: readonly Problem[] };

/** Calls a schedule function through the catalog, parts of a join first. */
export function build(call: GoldenCall): Built {
  const f = findScheduleFunction(call.function)!;
  const { schedules, ...others } = call.arguments;
  const parts = (schedules as GoldenCall[] | undefined)?.map(built);
  const binding = bindArguments(f, parts === undefined ? others : { schedules: parts, ...others });
  if (!binding.ok) return { problems: binding.problems };
  return { schedule: f.build(binding.arguments), phases: f.phases(binding.arguments) };
}

/** A schedule that is expected to build. */
export function built(call: GoldenCall): PhasedSchedule {
  const result = build(call);
  if ('problems' in result) throw new Error(result.problems[0]?.message);
  return result;
}
