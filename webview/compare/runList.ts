import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { breakable } from '../shared/breakable.ts';
import { accuracyText, durationText, lossText, shortRateText } from '../shared/figures.ts';
import { icon, type Icon } from '../shared/icons.ts';
import { swatch, withToggled } from '../shared/swatch.ts';
import { crosshairText, readingAt } from './charts/reading.ts';
import { share } from './header.ts';
import type { Act, Surroundings } from './page.ts';
import type { Projection, ShownRun } from './projection.ts';
import { runSteeringOf } from './steering.ts';

/** All runs: how each is, its figures now or at the crosshair, and what can be done with it. */
export function runList(
  projection: Projection,
  act: Act,
  surroundings: Surroundings,
): TemplateResult {
  const { runs, crosshair } = projection;
  return html`<section class="runs" aria-label="Runs">
    <h2>
      Runs${
        crosshair === null
          ? nothing
          : html` <small>at ${crosshairText(crosshair, projection)}</small>`
      }
    </h2>
    <ul>
      ${repeat(
        runs,
        ({ run }) => run,
        (run) => row(run, projection, act, surroundings),
      )}
    </ul>
  </section>`;
}

function row(
  run: ShownRun,
  projection: Projection,
  act: Act,
  surroundings: Surroundings,
): TemplateResult {
  const { condition, message, isHidden, isPointed, isChosen } = run;
  const classes = ['run', condition.kind];
  if (isHidden) classes.push('hidden');
  if (isPointed) classes.push('pointed');
  if (isChosen) classes.push('chosen');
  const point = (pointed: string | null) => (): void => {
    act.change({ pointed });
  };
  return html`<li
    class=${classes.join(' ')}
    data-run=${run.run}
    @pointerenter=${point(run.run)}
    @pointerleave=${point(null)}
  >
    ${swatch({
      ...{ name: run.run, stroke: run.stroke, hidden: projection.view.hidden },
      names: projection.runs.map((one) => one.run),
      hide: (change) => {
        act.look(({ hidden }) => ({ hidden: change(hidden) }));
      },
    })}
    <button
      type="button"
      class="name"
      aria-pressed=${isChosen}
      title="What it predicts for the test images"
      @click=${() => {
        choose(run, act);
      }}
    >
      ${breakable(run.run)}
    </button>
    <span class="run-actions">${actions(run, projection, act, surroundings)}</span>
    <span class="condition">${icon(condition.icon)}<span>${conditionText(run)}</span></span>
    ${run.stepsDone === 0 && run.epochs.length === 0 ? nothing : figures(run, projection)}
    ${
      condition.kind === 'done' || run.stepsDone === 0
        ? nothing
        : html`<progress
            aria-label=${`Progress of ${run.run}`}
            max="1"
            .value=${share(run.stepsDone / run.totalSteps)}
          ></progress>`
    }
    ${message === null ? nothing : html`<p class="message">${message}</p>`}
  </li>`;
}

/** Looks at the predictions of a run; with those of one that was chosen before, the two side by side. */
function choose({ run }: ShownRun, act: Act): void {
  act.look(({ chosen }) => ({ chosen: withToggled(chosen, run).slice(-2), imagePage: 0 }));
}

/** `training, epoch 3, 2 min left` */
function conditionText(run: ShownRun): string {
  const { condition, epochs, stepsPerSecond, stepsDone, totalSteps } = run;
  if (condition.kind === 'done') {
    return `${condition.word}, ${durationText(secondsOf(run))}`;
  }
  if (condition.kind !== 'training') return condition.word;
  const left =
    stepsPerSecond !== null && stepsPerSecond > 0
      ? `, ${durationText((totalSteps - stepsDone) / stepsPerSecond)} left`
      : '';
  return `${condition.word}, epoch ${epochs.length + 1}${left}`;
}

export function secondsOf({ epochs }: Pick<ShownRun, 'epochs'>): number {
  return epochs.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The newest figures; at the crosshair those that it had there. */
function figures(run: ShownRun, projection: Projection): TemplateResult {
  const { crosshair } = projection;
  const { series } = run;
  const last = series.losses.length - 1;
  const reading =
    crosshair === null
      ? {
          loss: series.losses.at(last),
          learningRate: series.learningRates.at(last),
          epoch: run.epochs.at(-1) ?? null,
        }
      : readingAt(run, crosshair, projection);
  const parts: readonly (readonly [string, string])[] = [
    ['acc', reading.epoch ? accuracyText(reading.epoch.accuracy) : '–'],
    ['loss', text(reading.loss, lossText)],
    ['rate', text(reading.learningRate, shortRateText)],
  ];
  return html`<dl class="figures">
    ${parts.map(
      ([name, figure]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${figure}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Steps that are not there have no figure; those whose figure is no number say so. */
function text(figure: number | undefined, write: (figure: number) => string): string {
  return figure === undefined ? '–' : write(figure);
}

function actions(
  run: ShownRun,
  { comparison }: Projection,
  act: Act,
  surroundings: Surroundings,
): readonly (TemplateResult | typeof nothing)[] {
  const can = runSteeringOf(run, comparison.status, surroundings);
  const { run: name } = run;
  const button = (label: string, sign: Icon, choose: () => void): TemplateResult =>
    html`<button
      type="button"
      class="icon-button"
      aria-label=${`${label}: ${name}`}
      title=${label}
      @click=${choose}
    >
      ${icon(sign)}
    </button>`;
  return [
    can.first
      ? button('Train first', 'up', () => {
          act.send({ type: 'first', run: name });
        })
      : nothing,
    can.goOn
      ? button('Go on', 'play', () => {
          act.send({ type: 'continue', run: name });
        })
      : nothing,
    can.stop
      ? button('Stop', 'stop', () => {
          act.send({ type: 'stop', run: name });
        })
      : nothing,
    can.showCode
      ? button('Show the code', 'code', () => {
          act.send({ type: 'showCode', run: name });
        })
      : nothing,
  ];
}
