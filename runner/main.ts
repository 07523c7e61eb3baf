import { once } from 'node:events';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { answer, type Knowledge } from './answers.ts';
import { compare } from './comparison/compare.ts';
import { comparisonFolder } from './comparison/folder.ts';
import { follow } from './comparison/following.ts';
import { isUsedByOthers, type OpenComparison } from './comparison/openComparison.ts';
import { openComparisons } from './comparison/opening.ts';
import { InUseError } from './comparison/ownFolder.ts';
import { pastLines } from './comparison/pastLines.ts';
import { makePlan } from './comparison/plan.ts';
import { resume } from './comparison/resume.ts';
import { journalStart } from './comparison/journal.ts';
import { afterEvent, type ComparisonState } from './comparison/runStates.ts';
import type { ComparisonOutcome, SessionOptions } from './comparison/session.ts';
import { findData } from './data/find.ts';
import { engineChoice } from './engines/engines.ts';
import { InputError, messageOf } from './inputError.ts';
import { preparations } from './preparations.ts';
import {
  decodeRequest,
  encodeEvent,
  type Ended,
  type FromRunner,
  type OpeningRequest,
  type OpenRequest,
  type Request,
  type ResumeRequest,
  type StartRequest,
  type SteeringRequest,
} from './protocol.ts';
import { exitCodeOf, exitCodes } from './terminal/exitCodes.ts';

/*
 * The runner for programs such as the extension: requests on stdin, events and answers on stdout, one
 * JSON object a line; on stderr what a person should know. The first request opens a comparison, later
 * ones steer it or ask about it. When stdin ends, it stops, resumable, and ends. The exit codes are
 * those of `anneal`.
 */

/** Aborted to stop what is trained, and when nobody is there any more. */
const stopping = new AbortController();
const leaving = new AbortController();
const { signal } = stopping;
const leave = (): void => {
  stopping.abort();
  leaving.abort();
};
const report = (message: string): void => void process.stderr.write(`${message}\n`);
/** What was told in earlier sessions, where it is told packed. */
const past = pastLines();
const tell = (message: FromRunner): void =>
  void process.stdout.write(`${past.rest()}${encodeEvent(message)}\n`);

/** Requests for a comparison that is not ready yet wait here. */
const steering = new PassThrough({ objectMode: true });
const lines = createInterface({ input: process.stdin });
/** What the first request began, and whether that is over. */
let begun: OpeningRequest | undefined;
let isOver = false;
let opened: Promise<OpenComparison> = Promise.reject(
  new InputError('No comparison is open: start, resume or open one first.'),
);
opened.catch(() => undefined);

const knowledge: Knowledge = {
  open: () => opened,
  data: () => begun?.data,
  report,
  signal: leaving.signal,
};

lines.on('close', leave).on('line', (line) => {
  const request = understood(line);
  if (!request) return;
  switch (request.type) {
    case 'start':
    case 'resume':
    case 'open':
      if (begun) report('A comparison is open already; start another process for another one.');
      else void conduct((begun = request));
      break;
    case 'stop':
    case 'pause':
    case 'continue':
    case 'parallel':
    case 'reorder':
      steer(request);
      break;
    default:
      void answer(request, knowledge).then(tell);
  }
});
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    lines.close();
  });
}
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

function steer(request: SteeringRequest): void {
  if (begun?.type === 'open') {
    report(
      `Nothing is trained here, so there is nothing to ${request.type}: resume the comparison.`,
    );
  } else if (isOver) {
    report(`The training is over, so there is nothing to ${request.type}: resume the comparison.`);
  } else if (request.type === 'stop' && request.run === undefined) {
    stopping.abort();
  } else {
    steering.write(request);
  }
}

async function conduct(request: OpeningRequest): Promise<void> {
  try {
    if (request.type === 'open') {
      const open = await (opened = lookAt(request));
      if (request.follow) {
        const onFollowing = (): void => {
          tell({ type: 'following' });
        };
        await follow(open, { onFollowing, tell: write, signal: leaving.signal });
      }
      tellEnd({ outcome: 'told', isInUse: await isUsedByOthers(open) });
    } else {
      const outcome = await train(request);
      process.exitCode = exitCodeOf[outcome];
      tellEnd({ outcome });
    }
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
  isOver = true;
}

function tellEnd(end: Pick<Ended, 'outcome'> & Partial<Ended>): void {
  const ended: Ended = { message: null, isInUse: false, ...end, type: 'ended' };
  tell(ended);
}

function lookAt({ folders, packed = false }: OpenRequest): Promise<OpenComparison> {
  return openComparisons({ folders, packed, tell: write, report });
}

async function write(lines: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(lines)) await once(process.stdout, 'drain');
}

async function train(request: StartRequest | ResumeRequest): Promise<ComparisonOutcome> {
  const { folder, data } = request;
  const engine = request.engine === undefined ? undefined : engineChoice(request.engine);
  const isPacked = request.type === 'resume' && request.packed === true;
  const prepare = preparations(tell);
  let part: { state: ComparisonState } | undefined;
  const session: SessionOptions = {
    parallel: request.parallel,
    signal,
    requests: steering as AsyncIterable<SteeringRequest>,
    report,
    prepare,
    onEvent(event, when) {
      const state = afterEvent(part?.state, event);
      if (part && state) {
        part.state = state;
      } else if (state) {
        const begun = {
          folder: comparisonFolder(resolve(folder)),
          prefix: '',
          state,
          read: journalStart,
        };
        opened = Promise.resolve({ parts: [(part = begun)] });
      }
      if (isPacked && when === 'past') process.stdout.write(past.add([event]));
      else tell(event);
    },
  };
  const findDataFolder = (): Promise<string> => {
    prepare('Looking for Fashion-MNIST', null);
    const onProgress = (what: string, share: number | undefined): void => {
      prepare(`Fetching Fashion-MNIST: ${what}`, share ?? null);
    };
    return findData({ data, report, onProgress, signal });
  };
  if (request.type === 'resume') {
    return resume({ ...session, folder, engine, only: request.runs, findDataFolder });
  }

  const { runs, settings, seeds, fresh = false } = request;
  const schedules = runs.map(({ learningRates, ...run }) => ({
    ...run,
    schedule: (step: number) => learningRates[step] ?? NaN,
  }));
  const plan = { ...makePlan(basename(resolve(folder)), schedules, settings, seeds), fresh };
  const dataFolder = await findDataFolder();
  return compare({ ...session, plan, folder, dataFolder, engine: engine ?? 'auto' });
}
