import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { EventEmitter, type LogOutputChannel } from 'vscode';
import {
  decodeFromRunner,
  type Answer,
  type ComparisonEvent,
  type Ended,
  type Following,
  type Preparing,
  type Question,
  type Request,
} from '../../runner/protocol.ts';
import { Disposable } from '../dispose.ts';
import type { NodeProgram } from './nodeProgram.ts';
import { requestText } from './requestText.ts';

/** What a runner tells without being asked. */
export type Told = ComparisonEvent | Preparing | Following | Ended;

/** How a runner ended: by itself, or by a signal that somebody sent it. */
export interface RunnerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A question without its number. */
export type Asked<Type extends Question['type']> = Omit<
  Extract<Question, { readonly type: Type }>,
  'question' | 'type'
>;

/** The answer to a question that is not refused. */
export type AnswerTo<Type extends Question['type']> = Exclude<
  Extract<Answer, { readonly type: Type extends 'rename' | 'export' ? 'done' : `${Type}Answer` }>,
  { readonly type: 'refused' }
>;

/** Milliseconds that a runner has to end when it is told to; it may be in a step that takes long. */
const longestEnd = 15_000;

/**
 * A runner: `dist/main.js` as a child process, requests on its stdin, what it tells on its stdout, a
 * line of JSON each. It ends with this object, and by itself with the extension host.
 */
export class RunnerProcess extends Disposable {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #log: LogOutputChannel;
  readonly #told = this._register(new EventEmitter<Told>());
  readonly onDidTell = this.#told.event;
  readonly #ended = this._register(new EventEmitter<RunnerEnd>());
  readonly onDidEnd = this.#ended.event;
  #questions = 0;
  readonly #asked = new Map<number, (answer: Answer | undefined) => void>();
  #isRunning = true;
  readonly #closed: Promise<unknown>;
  /** Requests are written one after the other. */
  #written: Promise<void> = Promise.resolve();

  constructor(node: NodeProgram, program: string, log: LogOutputChannel) {
    super();
    this.#log = log;
    this.#child = spawn(node.path, [program], { env: { ...process.env, ...node.env } });
    this.#closed = new Promise((resolve) => this.#child.once('close', resolve));
    this._register({
      dispose: () => {
        this.#end();
      },
    });
    this.#listen();
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it takes requests. */
  get isRunning(): boolean {
    return this.#isRunning && !this.isDisposed;
  }

  /** Resolves when the runner's pipe has taken the request; one that has ended takes nothing. */
  send(request: Request): Promise<void> {
    this.#written = this.#written.then(() => this.#write(request));
    return this.#written;
  }

  /** @throws Error with what the runner says where it refuses, or that it has ended. */
  async ask<Type extends Question['type']>(
    type: Type,
    question: Asked<Type>,
  ): Promise<AnswerTo<Type>> {
    const number = ++this.#questions;
    const answered = new Promise<Answer | undefined>((resolve) => {
      this.#asked.set(number, resolve);
    });
    if (!this.isRunning) this.#forget();
    void this.send({ type, question: number, ...question } as unknown as Question);
    const answer = await answered;
    if (!answer) throw new Error('The runner has ended before it answered; try again.');
    if (answer.type === 'refused') throw new Error(answer.message);
    return answer as AnswerTo<Type>;
  }

  #listen(): void {
    const { stdin, stdout, stderr } = this.#child;
    createInterface({ input: stdout }).on('line', (line) => {
      this.#receive(line);
    });
    createInterface({ input: stderr }).on('line', (line) => {
      this.#log.info(line);
    });
    // Where it has ended, 'close' follows.
    stdin.on('error', () => undefined);
    this.#child.on('error', (error) => {
      this.#log.error(error);
    });
    this.#child.on('close', (code, signal) => {
      this.#isRunning = false;
      this.#log.info(
        `Runner ${this.processId ?? ''} ended: ${signal ?? `exit code ${code ?? ''}`}.`,
      );
      this.#forget();
      this.#ended.fire({ code, signal });
    });
  }

  #receive(line: string): void {
    let message;
    try {
      message = decodeFromRunner(line);
    } catch (error) {
      this.#log.warn(`A line of the runner was not understood (${String(error)}): ${line}`);
      return;
    }
    if (!('question' in message)) {
      this.#told.fire(message);
      return;
    }
    this.#asked.get(message.question)?.(message);
    this.#asked.delete(message.question);
  }

  async #write(request: Request): Promise<void> {
    const { stdin } = this.#child;
    for (const piece of requestText(request)) {
      if (!this.isRunning) return;
      if (stdin.write(piece)) await setImmediate();
      else await Promise.race([once(stdin, 'drain').catch(() => undefined), this.#closed]);
    }
  }

  /** Nobody answers any more. */
  #forget(): void {
    for (const answer of this.#asked.values()) answer(undefined);
    this.#asked.clear();
  }

  #end(): void {
    if (!this.#isRunning) return;
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), longestEnd).unref();
    this.#child.once('close', () => {
      clearTimeout(timer);
    });
  }
}
