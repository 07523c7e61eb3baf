import { Uri, workspace, type LogOutputChannel } from 'vscode';
import type { Question } from '../../runner/protocol.ts';
import { Disposable } from '../dispose.ts';
import { findNode, type NodeProgram } from './nodeProgram.ts';
import { QuestionRunner } from './questionRunner.ts';
import { RunnerProcess, type AnswerTo, type Asked } from './runnerProcess.ts';

/** Starts runners: one for each comparison, and one for questions that are about none. */
export class Runners extends Disposable {
  readonly #program: string;
  readonly #log: LogOutputChannel;
  #node: Promise<NodeProgram> | undefined;
  readonly #running = new Set<RunnerProcess>();
  readonly #questions = this._register(new QuestionRunner(() => this.#startNew()));

  constructor(extension: Uri, log: LogOutputChannel) {
    super();
    this.#program = Uri.joinPath(extension, 'dist', 'main.js').fsPath;
    this.#log = log;
    this._register(
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('anneal.runner.node')) return;
        this.#node = undefined;
        void this.#questions.end();
      }),
    );
    this._register({
      dispose: () => {
        for (const one of this.#running) one.dispose();
      },
    });
  }

  /**
   * A runner for a comparison: one that has answered questions and waits for more is there sooner than
   * a new one.
   *
   * @throws Error where there is no Node to run it, or the workspace is not trusted.
   */
  async start(): Promise<RunnerProcess> {
    return (await this.#questions.takeIdle()) ?? this.#startNew();
  }

  async #startNew(): Promise<RunnerProcess> {
    if (!workspace.isTrusted) {
      throw new Error('Comparisons are off in a workspace that you do not trust: trust it first.');
    }
    const node = await this.node();
    const runner = new RunnerProcess(node, this.#program, this.#log);
    this.#log.info(
      `Runner ${runner.processId ?? ''} started by Node ${node.version} (${node.path}).`,
    );
    if (this.isDisposed) runner.dispose();
    this.#running.add(runner);
    runner.onDidEnd(() => this.#running.delete(runner));
    return runner;
  }

  /** @throws Error where there is none. */
  node(): Promise<NodeProgram> {
    if (!this.#node) {
      this.#node = findNode();
      // It may be installed meanwhile.
      this.#node.catch(() => (this.#node = undefined));
    }
    return this.#node;
  }

  /** Asks what is about no comparison that is open. @throws Error where it is refused. */
  ask<Type extends Question['type']>(type: Type, question: Asked<Type>): Promise<AnswerTo<Type>> {
    return this.#questions.ask(type, question);
  }
}
