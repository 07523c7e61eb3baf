import { accuracyText, lossText, rateText } from '../../shared/figures.ts';
import type { ChartName } from '../view.ts';

export const chartTitles: Readonly<Record<ChartName, string>> = {
  accuracy: 'Accuracy after each epoch',
  loss: 'Loss of each step',
  epochLoss: 'Loss, mean of each epoch',
  learningRate: 'Learning rate of each step',
};

/** How the figures of a chart are written. */
export const figureOf: Readonly<Record<ChartName, (figure: number) => string>> = {
  accuracy: accuracyText,
  loss: lossText,
  epochLoss: lossText,
  learningRate: rateText,
};
