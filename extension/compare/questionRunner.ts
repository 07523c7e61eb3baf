import type { Question } from '../../runner/protocol.ts';
import { Disposable } from '../dispose.ts';
import type { AnswerTo, Asked, RunnerProcess } from './runnerProcess.ts';

/** Milliseconds after which a runner that is asked nothing ends. */
const idleTime = 30_000;

/** The runner for questions that are about no comparison that is open. */
export class QuestionRunner extends Disposable {
  readonly #start: () => Promise<RunnerProcess>;
  #runner: Promise<RunnerProcess> | undefined;
  /** How many are not answered. */
  #questions = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(start: () => Promise<RunnerProcess>) {
    super();
    this.#start = start;
    this._register({
      dispose: () => {
        clearTimeout(this.#idle);
      },
    });
  }

  /** @throws Error where no runner starts, or where it refuses. */
  async ask<Type extends Question['type']>(
    type: Type,
    question: Asked<Type>,
  ): Promise<AnswerTo<Type>> {
    clearTimeout(this.#idle);
    this.#questions++;
    try {
      this.#runner ??= this.#newRunner();
      const runner = await this.#runner;
      return await runner.ask(type, question);
    } finally {
      this.#questions--;
      if (this.#questions === 0) this.#idle = setTimeout(() => void this.end(), idleTime).unref();
    }
  }

  /** Gives the runner away, where there is one that is asked nothing; the next question gets another. */
  async takeIdle(): Promise<RunnerProcess | undefined> {
    if (this.#questions > 0) return undefined;
    clearTimeout(this.#idle);
    const taken = this.#runner;
    this.#runner = undefined;
    const runner = await taken?.catch(() => undefined);
    return runner?.isRunning ? runner : undefined;
  }

  /** Ends the runner, where it is asked nothing. */
  async end(): Promise<void> {
    (await this.takeIdle())?.dispose();
  }

  #newRunner(): Promise<RunnerProcess> {
    const begun = this.#start();
    const forget = (): void => {
      if (this.#runner === begun) this.#runner = undefined;
    };
    begun.then((runner) => runner.onDidEnd(forget), forget);
    return begun;
  }
}
