import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { compare } from './comparison/compare.ts';
import { makePlan } from './comparison/plan.ts';
import { InUseError } from './comparison/ownFolder.ts';
import { resume } from './comparison/resume.ts';
import type { ComparisonOutcome, SessionOptions } from './comparison/session.ts';
import { findData } from './data/find.ts';
import { engineNames, type EngineName } from './engines/engines.ts';
import { InputError, messageOf } from './inputError.ts';
import {
  decodeRequest,
  encodeEvent,
  type Ended,
  type Request,
  type ResumeRequest,
  type StartRequest,
  type SteeringRequest,
} from './protocol.ts';
import { exitCodeOf, exitCodes } from './terminal/usage.ts';

/*
 * The runner for programs such as the extension: requests on stdin, events on stdout, one JSON object
 * a line; on stderr what a person should know. The first request opens a comparison, later ones steer
 * it. When stdin ends it stops, resumable. The exit codes are those of `anneal`.
 */

const stopping = new AbortController();
const { signal } = stopping;
const stop = (): void => {
  stopping.abort();
};
const report = (message: string): void => void process.stderr.write(`${message}\n`);

/** Requests for a comparison that is not ready yet wait here. */
const steering = new PassThrough({ objectMode: true });
const lines = createInterface({ input: process.stdin });
let isOpen = false;

lines.on('close', stop).on('line', (line) => {
  const request = understood(line);
  if (request?.type === 'start' || request?.type === 'resume') {
    if (isOpen) report('A comparison is open already; start another process for another one.');
    else void conduct(request);
    isOpen = true;
  } else if (request?.type === 'stop' && request.run === undefined) {
    stop();
  } else if (request?.type === 'open') {
    report('Comparisons cannot be opened yet.');
  } else if (request && 'question' in request) {
    const { question } = request;
    const message = 'Questions are not answered yet.';
    process.stdout.write(`${encodeEvent({ type: 'refused', question, message })}\n`);
  } else if (request) {
    steering.write(request);
  }
});
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
// Nobody is there any more.
process.stdout.on('error', () => process.exit(exitCodes.stopped));
process.stderr.on('error', () => undefined);

function understood(line: string): Request | undefined {
  try {
    return decodeRequest(line);
  } catch (error) {
    report(`A request was not understood: ${messageOf(error)}.`);
    return undefined;
  }
}

async function conduct(request: StartRequest | ResumeRequest): Promise<void> {
  try {
    const outcome = await train(request);
    process.exitCode = exitCodeOf[outcome];
    tellEnd({ outcome });
  } catch (error) {
    const isStopped = signal.aborted;
    process.exitCode = isStopped ? exitCodes.stopped : exitCodes.failed;
    if (isStopped && error === signal.reason) tellEnd({ outcome: 'stopped' });
    else {
      const message = messageOf(error);
      tellEnd({ outcome: 'refused', message, isInUse: error instanceof InUseError });
      report(message);
    }
  }
  lines.close();
}

function tellEnd(end: Pick<Ended, 'outcome'> & Partial<Ended>): void {
  const ended: Ended = { message: null, isInUse: false, ...end, type: 'ended' };
  process.stdout.write(`${encodeEvent(ended)}\n`);
}

async function train(request: StartRequest | ResumeRequest): Promise<ComparisonOutcome> {
  const { folder, data } = request;
  const engine = engineOf(request);
  const session: SessionOptions = {
    parallel: request.parallel,
    signal,
    requests: steering as AsyncIterable<SteeringRequest>,
    report,
    onEvent(event) {
      process.stdout.write(`${encodeEvent(event)}\n`);
    },
  };
  const findDataFolder = (): Promise<string> => findData({ data, report, signal });
  if (request.type === 'resume') return resume({ ...session, folder, engine, findDataFolder });

  const { runs, settings, seeds, fresh = false } = request;
  const schedules = runs.map(({ learningRates, ...run }) => ({
    ...run,
    schedule: (step: number) => learningRates[step] ?? NaN,
  }));
  const plan = { ...makePlan(basename(resolve(folder)), schedules, settings, seeds), fresh };
  const dataFolder = await findDataFolder();
  return compare({ ...session, plan, folder, dataFolder, engine: engine ?? 'auto' });
}

function engineOf({ engine }: StartRequest | ResumeRequest): EngineName | 'auto' | undefined {
  const names = ['auto', ...engineNames] as const;
  const known = names.find((name) => name === engine);
  if (engine === undefined || known) return known;
  throw new InputError(`There is no engine '${engine}': use one of ${names.join(', ')}.`);
}
