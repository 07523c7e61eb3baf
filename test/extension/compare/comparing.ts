// Comparisons of a small training, as a person starts them.
import assert from 'node:assert/strict';
import { commands, type Uri } from 'vscode';
import type { ComparisonSession } from '../../../extension/compare/comparisonSession.ts';
import type { ComparisonChoices } from '../../../extension/compare/comparisonPlan.ts';
import { anneal, file, until } from '../documents.ts';

/** Three schedules, of which optimizers are given two. */
export const code = `import optax

warmup = optax.linear_schedule(0.0, 1e-3, 10)
cosine = optax.cosine_decay_schedule(1e-3, 40)
idle = optax.constant_schedule(1e-4)
first = optax.sgd(learning_rate=warmup)
second = optax.sgd(learning_rate=cosine)
`;

/** Eight steps an epoch: a second on two cores that do other things too. */
export const small: ComparisonChoices = {
  engine: 'wasm',
  epochs: 2,
  batchSize: 32,
  trainExamples: 256,
  testExamples: 200,
  parallel: 1,
  fresh: true,
};

/** So many epochs that there is time to do something meanwhile. */
export const long: ComparisonChoices = { ...small, epochs: 400 };

/** A file of its own for a test, so that what was chosen before does not count. */
export async function scheduleFile(name: string): Promise<Uri> {
  return (await file(name, code)).uri;
}

/** Starts a comparison without being asked. */
export async function start(uri: Uri, choices: ComparisonChoices): Promise<ComparisonSession> {
  const { history } = await anneal();
  const folder = await commands.executeCommand<string | undefined>(
    'anneal.compareSchedules',
    uri,
    undefined,
    choices,
  );
  assert.ok(folder !== undefined, 'it starts');
  const session = history.comparisons.at([folder]);
  assert.ok(session, 'it is open');
  return session;
}

/** Waits until a comparison stands so. */
export async function untilStatus(
  session: ComparisonSession,
  ...statuses: readonly ComparisonSession['status']['status'][]
): Promise<void> {
  await until(
    () => statuses.includes(session.status.status),
    () =>
      `it is ${statuses.join(' or ')}: it is ${session.status.status}, ${session.problem ?? ''}`,
    60_000,
  );
}

/** Waits until so many epochs of any runs are told. */
export async function untilEpochs(session: ComparisonSession, count: number): Promise<void> {
  const epochs = (): number => session.runs.reduce((sum, run) => sum + run.epochs.length, 0);
  await until(
    () => epochs() >= count,
    () => `${count} epochs are told, not ${epochs()}: ${session.problem ?? session.status.status}`,
    60_000,
  );
}
