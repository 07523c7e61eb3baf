/**
 * How much of real code is read: for a folder of public Python files and notebooks, how many of
 * their calls of Optax's schedule functions get a curve, from known values alone or with
 * assumptions, and how long it takes.
 *
 *   node --import=tsx bench/publicFiles.ts FOLDER [--list]
 *
 * FOLDER holds index.json, a list of {"file": path, "calls": number of calls}, counted by CPython's
 * own parser. The files are not part of this repository.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesAround } from '../runner/terminal/project.ts';
import { readSchedules } from '../schedules/readSchedules.ts';

interface Entry {
  readonly file: string;
  readonly calls: number;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const [folder = '.', ...options] = process.argv.slice(2);
const list = options.includes('--list');
const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as readonly Entry[];

const totals = {
  calls: 0,
  known: 0,
  assumed: 0,
  refused: 0,
  missed: 0,
  stopped: 0,
  errors: 0,
  warnings: 0,
};
const times: number[] = [];
const findingCounts = new Map<string, number>();
for (const { file, calls } of index) {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const start = performance.now();
  const reading = readSchedules(path, text, {}, { importText: modulesAround(path), longest: 2000 });
  times.push(performance.now() - start);

  const places = new Map<string, 'known' | 'assumed' | 'refused'>();
  const rank = { refused: 0, assumed: 1, known: 2 };
  for (const { span, schedule, assumptions } of [
    ...reading.calls,
    ...(reading.unreachedCalls?.() ?? []),
  ]) {
    const key = `${span.from}-${span.to}`;
    const kind = !schedule ? 'refused' : assumptions.length > 0 ? 'assumed' : 'known';
    const before = places.get(key);
    if (!before || rank[kind] > rank[before]) places.set(key, kind);
  }
  const missed = Math.max(0, calls - places.size);
  totals.calls += Math.max(calls, places.size);
  totals.missed += missed;
  for (const kind of places.values()) totals[kind]++;
  const stopped = reading.findings.some(({ code }) => code === 'reading-stopped');
  if (stopped) totals.stopped++;
  for (const { code, severity } of reading.findings) {
    if (severity === 'error') totals.errors++;
    if (severity === 'warning') totals.warnings++;
    findingCounts.set(code, (findingCounts.get(code) ?? 0) + 1);
  }
  if (!list) continue;
  if (missed > 0 || stopped)
    say(`${file}: ${missed} of ${calls} missed${stopped ? ', stopped' : ''}`);
  for (const { code, severity, message, span } of reading.findings) {
    if (severity !== 'error' && severity !== 'warning') continue;
    const { cell, line, column } = reading.positionOf(span.from);
    say(
      `${file}:${cell === undefined ? '' : `cell ${cell}:`}${line}:${column}: ${severity} ${code}: ${message}`,
    );
  }
}
times.sort((a, b) => a - b);
const at = (share: number): string =>
  `${(times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(0)} ms`;
const percent = (count: number): string => `${((100 * count) / totals.calls).toFixed(1)} %`;
say(`${index.length} files, ${totals.calls} calls of schedule functions`);
say(`from known values: ${totals.known} (${percent(totals.known)})`);
say(`with assumptions: ${totals.assumed} (${percent(totals.assumed)})`);
say(`refused by Optax: ${totals.refused} (${percent(totals.refused)})`);
say(`without a curve: ${totals.missed} (${percent(totals.missed)})`);
say(`reading stopped early: ${totals.stopped} files`);
say(`median ${at(0.5)}, 95th percentile ${at(0.95)}, longest ${at(1)}`);
say(
  `${totals.errors} errors, ${totals.warnings} warnings: ${JSON.stringify(Object.fromEntries(findingCounts))}`,
);
