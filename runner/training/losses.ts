import { setTimeout } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D } from '@tensorflow/tfjs-core';
import { turn } from './turn.ts';

/** At most ten messages a second: enough for a live chart, too few to cost anything. */
const reportMilliseconds = 100;

/** A group is read about this often: how far the device may be behind, and how long a stop takes. */
const groupMilliseconds = 50;

/** Losses of consecutive steps, and how fast these were. */
export interface ReadLosses {
  readonly firstStep: number;
  /** For each run those of its steps. */
  readonly losses: readonly (readonly number[])[];
  readonly stepsPerSecond: number;
}

/**
 * The losses of runs in lockstep on their way from the device. They are read in groups, and while one is
 * read the steps of the next are already queued: a GPU never waits for us, nor gets far behind.
 */
export class PendingLosses {
  /** Not yet asked for. */
  private queued: (Scalar | Tensor1D)[] = [];
  private reading: Promise<void> | undefined;
  /** Read, but not yet reported: the losses of each step. */
  private read: (readonly number[])[] = [];
  /** So many steps are a group. */
  private groupSize = 1;
  /** When the last group was read, and when the first of the steps that are not yet reported began. */
  private lastRead = performance.now();
  private since = performance.now();
  private reported = performance.now();

  constructor(
    private firstStep: number,
    private runs: number,
  ) {}

  /** @param losses of a step: a scalar, or [runs] of several. */
  add(losses: Scalar | Tensor1D): void {
    this.queued.push(losses);
  }

  /** Goes on with some of the runs. */
  async only(runs: readonly number[]): Promise<void> {
    await this.drain();
    this.read = this.read.map((losses) => runs.map((run) => losses[run] ?? NaN));
    this.runs = runs.length;
  }

  /** Steps a second are counted from now on: what came before was not training. */
  startClock(): void {
    this.since = this.lastRead = performance.now();
  }

  /** To be called after each step: where there is a group, waits for the one before and asks for it. */
  async proceed(): Promise<void> {
    if (this.queued.length < this.groupSize) return;
    await this.reading;
    this.reading = this.readGroup();
    // A failure is told to whoever waits next, which may be later.
    this.reading.catch(() => undefined);
    // A device that computes at once has it already. Were it taken only after the next step, two
    // groups could seem to be read at the same moment, and so the steps to take no time.
    await Promise.race([this.reading, turn()]).catch(() => undefined);
  }

  /** Waits for all losses. */
  async drain(): Promise<void> {
    await this.reading;
    this.reading = undefined;
    if (this.queued.length > 0) await this.readGroup();
  }

  /** Whether there is something to report, and it is time to. */
  isDue(): boolean {
    return this.read.length > 0 && performance.now() - this.reported >= reportMilliseconds;
  }

  /** Waits until the next report may be sent, and counts it as sent. */
  async untilDue(): Promise<void> {
    await setTimeout(Math.max(0, this.reported + reportMilliseconds - performance.now()));
    this.reported = performance.now();
  }

  /** What was read since the last report. */
  report(): ReadLosses {
    const { firstStep, read, runs } = this;
    const losses = Array.from({ length: runs }, (_, run) => read.map((step) => step[run] ?? NaN));
    const stepsPerSecond = (read.length * 1000) / (this.lastRead - this.since);
    this.firstStep += read.length;
    this.read = [];
    this.since = this.lastRead;
    return { firstStep, losses, stepsPerSecond };
  }

  private async readGroup(): Promise<void> {
    const group = this.queued;
    this.queued = [];
    const stacked = tf.stack(group);
    tf.dispose(group);
    try {
      const losses = await stacked.data();
      const { runs } = this;
      group.forEach((_, step) => this.read.push([...losses.slice(step * runs, (step + 1) * runs)]));
    } finally {
      stacked.dispose();
    }
    const now = performance.now();
    const perStep = (now - this.lastRead) / group.length;
    this.groupSize = Math.max(1, Math.round(groupMilliseconds / perStep));
    this.lastRead = now;
  }
}
