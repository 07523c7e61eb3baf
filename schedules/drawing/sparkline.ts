import type { Schedule } from '../schedule.ts';

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * A curve in a line of text: the highest rate of each stretch as a block, from 0 up to the highest
 * of all; a blank where no rate is finite.
 *
 * @param length steps, from 0 on.
 */
export function sparkline(schedule: Schedule, length: number, columns: number): string {
  const stretch = length / columns;
  const rates = Array.from({ length: columns }, (_, column) =>
    highest(schedule, Math.floor(column * stretch), Math.ceil((column + 1) * stretch)),
  );
  const top = Math.max(...rates);
  return rates
    .map((rate) => (rate === -Infinity ? ' ' : blockOf(top > 0 ? rate / top : 0)))
    .join('');
}

/** Looked at within a column, so that no warm-up is lost and a long schedule is no work. */
const samples = 8;

/** The highest finite rate of a stretch, or -Infinity. */
function highest(schedule: Schedule, from: number, to: number): number {
  const steps = Math.max(1, to - from);
  const rates = Array.from({ length: Math.min(samples, steps) }, (_, i) =>
    schedule(from + Math.floor((i * steps) / samples)),
  );
  return Math.max(...rates.filter(Number.isFinite));
}

function blockOf(share: number): string {
  const level = Math.floor(share * blocks.length);
  return blocks[Math.min(blocks.length - 1, Math.max(0, level))] ?? ' ';
}
