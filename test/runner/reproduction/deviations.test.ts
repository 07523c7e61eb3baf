import assert from 'node:assert/strict';
import { afterEvent, type ComparisonState } from '../../../runner/comparison/runStates.ts';
import type { ComparisonEvent } from '../../../runner/protocol.ts';
import {
  deviationsOf,
  figuresOutside,
  printedRuns,
  type Deviation,
} from '../../../runner/reproduction/deviations.ts';
import { reproductionDocument } from '../../../runner/reproduction/document.ts';
import printed from '../../../runner/reproduction/printed.json' with { type: 'json' };
import { explains } from '../../../runner/reproduction/spread.ts';
import { readScheduleFile } from '../../../runner/terminal/files.ts';

const started: ComparisonEvent = {
  type: 'comparisonStarted',
  comparison: 'reproduction',
  engine: 'tensorflow',
  device: 'CPU',
  settings: {
    epochs: 10,
    batchSize: 256,
    trainExamples: 60000,
    testExamples: 10000,
    seed: 0,
    shuffle: false,
    lossReduction: 'sum',
    optimizer: { name: 'sgd', args: {}, clipByGlobalNorm: null },
  },
  runs: printedRuns.map((run) => ({
    run,
    name: run,
    schedule: run,
    seed: 0,
    function: 'f',
    totalSteps: 2350,
  })),
};

/** A comparison that trained what the tutorial printed, its losses times a factor. */
function trained(lossFactor: number, runs = printed.runs): ComparisonState {
  const events = runs.flatMap(({ run, loss, accuracy }) =>
    loss.map((value, i): ComparisonEvent => ({
      type: 'epochCompleted',
      run,
      epoch: i + 1,
      loss: value * lossFactor,
      accuracy: accuracy[i]!,
      learningRate: 1e-4,
      seconds: 1,
    })),
  );
  return [started, ...events].reduce<ComparisonState | undefined>(afterEvent, undefined)!;
}

describe('the reproduction', () => {
  it('looks at all 140 epochs that the tutorial printed', () => {
    const deviations = deviationsOf(trained(1));
    assert.equal(deviations.length, 140);
    assert.ok(deviations.every((deviation) => figuresOutside(deviation).length === 0));
  });

  it('finds every epoch whose loss is further than 0.3 % from the printed one', () => {
    for (const factor of [1.0031, 0.9969]) {
      const outside = deviationsOf(trained(factor)).map(figuresOutside);
      assert.ok(outside.every((figures) => figures.join() === 'loss'));
    }
    assert.ok(deviationsOf(trained(1.0029)).every((epoch) => figuresOutside(epoch).length === 0));
    assert.ok(deviationsOf(trained(NaN)).every((epoch) => figuresOutside(epoch).length === 1));
  });

  it('says which epoch is missing where a run was not trained to its end', () => {
    const cut = printed.runs.map((run, i) =>
      i === 3 ? { ...run, loss: run.loss.slice(0, 7) } : run,
    );
    assert.throws(() => deviationsOf(trained(1, cut)), /Epoch 8 of 'Exponential Decay'/);
  });

  it('accepts a chaotic epoch only where the printed figure lies inside of the spread', () => {
    const deviation: Deviation = {
      run: 'Cosine One Cycle Scheduler',
      epoch: 1,
      printed: { loss: 350.6, accuracy: 0.773 },
      trained: { loss: 350.7, accuracy: 0.722 },
    };
    const spread = (...accuracies: number[]) => ({
      deviation,
      figures: accuracies.map((accuracy) => ({ loss: 350.7, accuracy })),
    });
    assert.equal(explains(spread(0.722, 0.775)), true);
    assert.equal(explains(spread(0.722, 0.77)), false);
    assert.equal(explains(spread(0.722)), false);
  });

  it('has a page that names what is outside', () => {
    const state = trained(1.004);
    const page = reproductionDocument(state.started, 60, deviationsOf(state), []);
    assert.match(page, /\*\*0 of 140 epochs agree\.\*\*/);
    assert.match(
      page,
      /\| Constant Learning Rate \| 1 \| 186\.878 \| 187\.626 \| \*\*\+0\.400 %\*\*/,
    );
  });

  it('finds each of its runs in the example', async () => {
    const { reading } = await readScheduleFile('examples/tutorial.schedules.json', {});
    const names = reading.definitions.map(({ name }) => name);
    assert.deepEqual(
      printedRuns.filter((run) => !names.includes(run)),
      [],
    );
  });
});
