import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { makePlan, summaryOf, writePlan } from '../../../runner/comparison/plan.ts';
import { encodeEvent, type ComparisonEvent } from '../../../runner/protocol.ts';
import { startRunner } from '../../support/anneal.ts';
import { smallSettings } from '../../support/smallComparison.ts';
import { startSteered } from '../../support/steeredRunner.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const stepsOfRun = 100_000;
const perEvent = 25;

describe('A comparison of a million steps', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  /** Writes its plan and its journal, with losses as long as they are. */
  async function write(path: string): Promise<void> {
    const paths = comparisonFolder(path);
    await mkdir(path, { recursive: true });
    const settings = { ...smallSettings, epochs: 10, batchSize: 1, trainExamples: stepsOfRun / 10 };
    const schedules = Array.from({ length: 10 }, (_, i) => ({
      name: `run ${i}`,
      function: 'f',
      schedule: (step: number) => Math.fround(1e-4 * (1 - step / stepsOfRun)),
    }));
    const plan = makePlan('large', schedules, settings);
    await writePlan(paths.plan, plan);
    const journal = await open(paths.events, 'w');
    const write = (...events: readonly ComparisonEvent[]) =>
      journal.write(events.map((event) => `${encodeEvent(event)}\n`).join(''));
    const comparison = { comparison: 'large', engine: 'wasm', device: 'CPU' };
    const runs = plan.runs.map(summaryOf);
    await write({ type: 'comparisonStarted', ...comparison, settings, runs });
    for (const { run, learningRates } of plan.runs) {
      const steps = Array.from({ length: stepsOfRun / perEvent }, (_, i): ComparisonEvent => {
        const rates = Array.from(learningRates.subarray(i * perEvent, (i + 1) * perEvent));
        const losses = rates.map((rate) => Math.fround(Math.sin(1e6 * rate)));
        const firstStep = i * perEvent;
        return { type: 'stepsCompleted', run, firstStep, losses, learningRates: rates, stepsPerSecond: 9 }; // prettier-ignore
      });
      await write({ type: 'runStarted', run, fromEpoch: 1, fromStep: 0 }, ...steps);
      await write({ type: 'runStopped', run });
    }
    await write({ type: 'comparisonStopped', comparison: 'large', seconds: 60 });
    await journal.close();
  }

  it('is told packed in as little time, with all of its steps', async () => {
    const path = folder.path('packed');
    await write(path);
    const begin = performance.now();
    const runner = startSteered();
    runner.send({ type: 'open', folders: [path], packed: true });
    assert.equal((await runner.ended).outcome, 'told');
    const seconds = (performance.now() - begin) / 1000;
    runner.child.stdin.end();
    assert.ok(runner.events.length < 1000, `${runner.events.length} events`);
    const last = runner.events.filter(({ type }) => type === 'stepsCompleted').at(-1);
    assert.ok(last?.type === 'stepsCompleted');
    assert.equal(last.run, 'run 9');
    assert.equal(last.firstStep + last.losses.length, stepsOfRun);
    assert.equal(last.learningRates.at(-1), Math.fround(1e-4 / stepsOfRun));
    // On a quiet machine it is a tenth of that.
    assert.ok(seconds < 10, `${seconds} s`);
  });

  it('is opened in a second or so, at the pace of a slow reader, byte by byte as it is', async () => {
    const path = folder.path('large');
    await write(path);
    const { child, outcome } = startRunner();
    const told = createHash('sha256');
    let ended = '';
    const begin = performance.now();
    child.stdin.write(`${JSON.stringify({ type: 'open', folders: [path] })}\n`);
    for await (const text of child.stdout as AsyncIterable<string>) {
      const end = text.indexOf('{"message":null');
      told.update(end < 0 ? text : text.slice(0, end));
      if (end < 0) continue;
      ended = text.slice(end);
      child.stdin.end();
    }
    const seconds = (performance.now() - begin) / 1000;
    const journal = createHash('sha256');
    for await (const bytes of createReadStream(comparisonFolder(path).events)) {
      journal.update(bytes as Buffer);
    }
    assert.equal((await outcome).code, 0);
    assert.match(ended, /"outcome":"told"/);
    assert.equal(told.digest('hex'), journal.digest('hex'));
    // On a quiet machine it is a tenth of that.
    assert.ok(seconds < 10, `${seconds} s`);
  });
});
