import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ComparisonStarted, OptimizerSettings } from '../../runner/protocol.ts';

/** Characters of a plan in a link: browsers and chats cut longer addresses. */
const longestLink = 16_000;
/** Bytes of a plan that is unpacked: a link from outside could unpack to gigabytes. */
const largestPlan = 2 ** 20;

/** A link to a comparison's plan, and what it has to leave out. */
export interface PlanLink {
  /** As the query of an address. */
  readonly query: string;
  /** What has no form in a `*.schedules.json`, as parts of a sentence. */
  readonly missing: readonly string[];
}

/**
 * A plan as the text of a `*.schedules.json`, packed for an address.
 *
 * @throws Error where nothing of it has that form, or it is too long for an address.
 */
export function planLink(started: ComparisonStarted): PlanLink {
  const byName = new Map(started.runs.map((run) => [run.schedule, run.definition]));
  const schedules = [...byName].flatMap(([name, form]) => (form ? [{ name, ...form }] : []));
  const byHand = [...byName].flatMap(([name, form]) => (form ? [] : [name]));
  if (schedules.length === 0) {
    throw new Error(
      'These schedules are written by hand, so that no link can hold them: share the file instead.',
    );
  }
  const { settings } = started;
  const training = {
    epochs: settings.epochs,
    batch_size: settings.batchSize,
    train_examples: settings.trainExamples,
    test_examples: settings.testExamples,
    seed: settings.seed,
    loss_reduction: settings.lossReduction,
    ...optimizerFields(settings.optimizer),
  };
  const text = `${JSON.stringify({ training, schedules }, null, 2)}\n`;
  const plan = deflateRawSync(text, { level: 9 }).toString('base64url');
  if (plan.length > longestLink) {
    throw new Error(
      'The plan is too long for a link: export it as JSON, or compare fewer schedules.',
    );
  }
  return { query: `plan=${plan}`, missing: missingParts(started, byHand) };
}

function missingParts({ runs, settings }: ComparisonStarted, byHand: readonly string[]) {
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  return [
    ...(byHand.length > 0 ? [`what is written by hand (${byHand.join(', ')})`] : []),
    ...(seeds > 1 ? [`that each schedule is trained from ${seeds} seeds`] : []),
    ...(settings.shuffle ? ['that batches are shuffled'] : []),
  ];
}

function optimizerFields({ name, args, clipByGlobalNorm }: OptimizerSettings): object {
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
  return {
    optimizer: { function: name, args: given },
    ...(clipByGlobalNorm !== null && { clip_by_global_norm: clipByGlobalNorm }),
  };
}

/**
 * The text of the `*.schedules.json` in the query of a link.
 *
 * @throws Error where it is none.
 */
export function planOf(query: string): string {
  const plan = new URLSearchParams(query).get('plan') ?? '';
  if (plan === '' || plan.length > longestLink || !/^[\w-]+$/.test(plan)) throw new Error(noPlan);
  let text: string;
  try {
    const bytes = inflateRawSync(Buffer.from(plan, 'base64url'), { maxOutputLength: largestPlan });
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const file: unknown = JSON.parse(text);
    if (typeof file === 'object' && file !== null && 'schedules' in file) return text;
  } catch (error) {
    throw new Error(noPlan, { cause: error });
  }
  throw new Error(noPlan);
}

const noPlan =
  'This link holds no plan of a comparison; it may have been cut: ask for it once more.';
