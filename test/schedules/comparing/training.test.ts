import assert from 'node:assert/strict';
import { comparisonName } from '../../../schedules/comparing/comparisonName.ts';
import {
  comparisonTraining,
  defaultOptimizer,
  stepsOf,
  trainingProblem,
} from '../../../schedules/comparing/training.ts';

describe('How a comparison trains', () => {
  it('is as the tutorial does where nothing is said', () => {
    const training = comparisonTraining({}, {});
    assert.deepEqual(training, {
      epochs: 10,
      batchSize: 256,
      trainExamples: 60_000,
      testExamples: 10_000,
      seed: 0,
      shuffle: false,
      lossReduction: 'sum',
      optimizer: {
        name: 'sgd',
        args: { momentum: null, nesterov: false },
        clipByGlobalNorm: null,
      },
    });
    assert.equal(stepsOf(training), 2350);
  });

  it('follows the text, and a person before the text', () => {
    const facts = { epochs: 3, batchSize: 128, optimizer: defaultOptimizer('adam') };
    const training = comparisonTraining(facts, { epochs: 5, shuffle: true });
    assert.equal(training.epochs, 5);
    assert.equal(training.batchSize, 128);
    assert.equal(training.shuffle, true);
    assert.equal(training.optimizer.name, 'adam');
    assert.equal(training.optimizer.args['b1'], 0.9);
  });

  it('cannot use more images than there are, nor more seeds', () => {
    const training = comparisonTraining({}, { trainExamples: 100, batchSize: 50 });
    assert.equal(trainingProblem(training), undefined);
    const problemOf = (changes: Partial<typeof training>, seeds = 1) =>
      trainingProblem({ ...training, ...changes }, seeds)?.setting;
    assert.equal(problemOf({ trainExamples: 60_001 }), 'trainExamples');
    assert.equal(problemOf({ testExamples: 10_001 }), 'testExamples');
    assert.equal(problemOf({ batchSize: 101 }), 'batchSize');
    assert.equal(problemOf({ seed: 2 ** 32 - 2 }, 2), undefined);
    assert.equal(problemOf({ seed: 2 ** 32 - 2 }, 3), 'seed');
  });

  it('is called after its file and the moment', () => {
    const when = new Date(2026, 10, 5, 7, 8, 9);
    assert.equal(
      comparisonName('/code/tutorial.schedules.json', when),
      'tutorial-2026-11-05-070809',
    );
    assert.equal(comparisonName('C:\\code\\train.py', when), 'train-2026-11-05-070809');
    assert.equal(comparisonName('Untitled-1', when), 'Untitled-1-2026-11-05-070809');
  });
});
