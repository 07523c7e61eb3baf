import { createInterface } from 'node:readline';
import {
  decodeFromRunner,
  type Answer,
  type ComparisonEvent,
  type Ended,
  type FromRunner,
  type Preparing,
  type Question,
  type Request,
} from '../../runner/protocol.ts';
import { startRunner, type RunningAnneal, type Surroundings } from './anneal.ts';

/** A question without its number. */
export type Asked = Question extends infer One
  ? One extends Question
    ? Omit<One, 'question'>
    : never
  : never;

/** A runner that takes requests, and what it has told so far. */
export interface SteeredRunner extends RunningAnneal {
  readonly events: readonly ComparisonEvent[];
  readonly preparations: readonly Preparing[];
  readonly send: (request: Request) => void;
  /** Settles once an event fits that was told after the last one that was waited for. */
  readonly told: (fits: (event: ComparisonEvent) => boolean) => Promise<ComparisonEvent>;
  /** Settles with the end of what was begun. */
  readonly ended: Promise<Ended>;
  /** Settles once it follows what another process trains. */
  readonly following: Promise<void>;
  readonly ask: (question: Asked) => Promise<Answer>;
}

/** Starts the built runner. */
export function startSteered(surroundings?: Surroundings): SteeredRunner {
  const running = startRunner(surroundings);
  const events: ComparisonEvent[] = [];
  const preparations: Preparing[] = [];
  const asked = new Map<number, (answer: Answer) => void>();
  let seen = 0;
  let questions = 0;
  let look = (): void => undefined;
  let end: (ended: Ended) => void = () => undefined;
  const ended = new Promise<Ended>((resolve) => (end = resolve));
  let follow: () => void = () => undefined;
  const following = new Promise<void>((resolve) => (follow = resolve));
  const receive = (message: FromRunner): void => {
    if ('question' in message) {
      asked.get(message.question)?.(message);
      asked.delete(message.question);
    } else if (message.type === 'preparing') preparations.push(message);
    else if (message.type === 'following') follow();
    else if (message.type === 'ended') end(message);
    else {
      events.push(message);
      look();
    }
  };
  createInterface({ input: running.child.stdout }).on('line', (line) => {
    receive(decodeFromRunner(line));
  });
  const send = (request: Request): void => {
    running.child.stdin.write(`${JSON.stringify(request)}\n`);
  };
  return {
    ...running,
    events,
    preparations,
    ended,
    following,
    send,
    told: (fits) =>
      new Promise((resolve) => {
        look = () => {
          const found = events.findIndex((event, i) => i >= seen && fits(event));
          const event = events[found];
          if (!event) return;
          seen = found + 1;
          look = () => undefined;
          resolve(event);
        };
        look();
      }),
    ask: (question) =>
      new Promise((resolve) => {
        asked.set(++questions, resolve);
        send({ ...question, question: questions });
      }),
  };
}

/** Runners of the tests of a `describe`, ended after each of them. */
export function steeredRunners(): { readonly start: (to?: Surroundings) => SteeredRunner } {
  const runners: SteeredRunner[] = [];
  afterEach(async () => {
    for (const { child, outcome } of runners.splice(0)) {
      child.kill('SIGKILL');
      await outcome;
    }
  });
  return {
    start(surroundings) {
      const runner = startSteered(surroundings);
      runners.push(runner);
      return runner;
    },
  };
}
