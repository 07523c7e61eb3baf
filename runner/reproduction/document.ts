import type { ComparisonStarted } from '../protocol.ts';
import {
  accuracyDeviation,
  figuresOutside,
  lossDeviation,
  tolerances,
  type Deviation,
} from './deviations.ts';
import { explains, perturbationSize, rangeOf, type Spread } from './spread.ts';

/** What was measured, as a page of docs/. */
export function reproductionDocument(
  started: ComparisonStarted,
  seconds: number,
  deviations: readonly Deviation[],
  spreads: readonly Spread[],
): string {
  const within = deviations.filter((deviation) => figuresOutside(deviation).length === 0).length;
  const lossShares = deviations.map((deviation) => Math.abs(lossDeviation(deviation)));
  const accuracyShares = deviations.map((deviation) => Math.abs(accuracyDeviation(deviation)));
  return `# The tutorial's figures, reproduced

Written by \`npm run reproduce -- --write\`. All 14 runs of the tutorial were trained on real
Fashion-MNIST with ${started.engine} (${started.device}) in ${(seconds / 60).toFixed(1)} minutes. An epoch agrees if its
loss is within ${percent(tolerances.loss, 1)} of the printed one and its accuracy within ${tolerances.accuracy}.

**${within} of ${deviations.length} epochs agree.** Median deviation of the loss: ${percent(median(lossShares), 4)},
of the accuracy: ${median(accuracyShares).toFixed(5)} (the tutorial prints three decimals).

${spreadsText(spreads)}
## Every epoch

| Run | Epoch | Loss printed | trained | deviation | Accuracy printed | trained | deviation |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${deviations.map(row).join('\n')}
`;
}

function spreadsText(spreads: readonly Spread[]): string {
  if (spreads.length === 0) return '';
  const intro = `## Chaotic epochs

Each of these was trained again from ${(spreads[0]?.figures.length ?? 1) - 1} starts whose weights were moved by at most ${perturbationSize} of
themselves, which is float32's rounding. Where the printed figure lies inside of what comes out, the
deviation says nothing about the program.
`;
  return `${intro}\n${spreads.map(spreadText).join('\n')}\n`;
}

/** What became of one epoch that missed its tolerance, in a list item. */
export function spreadText(spread: Spread): string {
  const { deviation, figures } = spread;
  const parts = figuresOutside(deviation).map((name) => {
    const [low, high] = rangeOf(figures, name);
    return `${name} printed ${deviation.printed[name]}, trained ${round(deviation.trained[name])}, from moved starts ${round(low)} to ${round(high)}`;
  });
  const verdict = explains(spread) ? 'chaotic: inside' : 'OUTSIDE';
  return `- ${deviation.run}, epoch ${deviation.epoch}: ${parts.join('; ')} (${verdict}).`;
}

function row(deviation: Deviation): string {
  const { run, epoch, printed, trained } = deviation;
  const outside = figuresOutside(deviation);
  const mark = (name: 'loss' | 'accuracy', text: string) =>
    outside.includes(name) ? `**${text}**` : text;
  const cells = [
    run,
    epoch,
    printed.loss.toFixed(3),
    trained.loss.toFixed(3),
    mark('loss', signed(lossDeviation(deviation) * 100, 3) + ' %'),
    printed.accuracy.toFixed(3),
    trained.accuracy.toFixed(4),
    mark('accuracy', signed(accuracyDeviation(deviation), 4)),
  ];
  return `| ${cells.join(' | ')} |`;
}

const round = (value: number): number => Number(value.toPrecision(6));
const percent = (share: number, digits: number): string => `${(share * 100).toFixed(digits)} %`;
const signed = (value: number, digits: number): string =>
  `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(digits)}`;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
