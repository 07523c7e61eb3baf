import { html, nothing, type TemplateResult } from 'lit-html';
import type { Stroke } from '../../../schedules/drawing/palettes.ts';
import { counted, stepText } from '../../shared/figures.ts';
import type { ComparePredictions } from '../messages.ts';
import type { Act, Surroundings } from '../page.ts';
import type { Projection } from '../projection.ts';
import { confusionTable } from './confusionTable.ts';
import { imagesToShow, pageOf } from './disagreement.ts';
import { picturesOf } from './pictures.ts';

/** What one run, or two side by side, make of the test images. */
export function predictions(
  projection: Projection,
  act: Act,
  surroundings: Surroundings,
  ink: string,
): TemplateResult {
  const { view, predictions, refusal } = projection;
  return html`<section class="predictions" aria-labelledby="predictions">
    <h2 id="predictions">Test images</h2>
    ${refusal === null ? nothing : html`<p class="hint" role="alert">${refusal}</p>`}
    ${
      predictions === null || !isOf(predictions, view.chosen)
        ? html`<p class="hint">
            ${
              view.chosen.length === 0
                ? `Press a run's name to see which test images it gets wrong, and a second one to see on which the two differ.`
                : refusal === null
                  ? 'Looking at the test images …'
                  : nothing
            }
          </p>`
        : looked(projection, predictions, act, surroundings, ink)
    }
  </section>`;
}

/** Whether predictions are of chosen runs: others may have been chosen since. */
function isOf({ runs }: ComparePredictions, chosen: readonly string[]): boolean {
  return chosen.length > 0 && runs.every(({ run }) => chosen.includes(run));
}

function looked(
  projection: Projection,
  predictions: ComparePredictions,
  act: Act,
  surroundings: Surroundings,
  ink: string,
): TemplateResult {
  const { view } = projection;
  const missing = view.chosen.filter((name) => !predictions.runs.some(({ run }) => run === name));
  return html`${missing.map(
      (name) => html`<p class="hint">${name} has not completed an epoch yet.</p>`,
    )}
    <div class="confusions">${predictions.runs.map((run) => confusionTable(predictions, run))}</div>
    ${predictions.runs.length === 0 ? nothing : images(projection, predictions, act, surroundings, ink)}`;
}

function images(
  { view, images, runs }: Projection,
  predictions: ComparePredictions,
  act: Act,
  surroundings: Surroundings,
  ink: string,
): TemplateResult {
  const { count, shown } = imagesToShow(predictions, surroundings);
  const { page, pages } = pageOf(shown, view.imagePage);
  const [first, second] = predictions.runs;
  const what = second
    ? `${first?.run ?? ''} and ${second.run} differ on`
    : `${first?.run ?? ''} gets wrong`;
  const strokes = new Map(runs.map(({ run, stroke }) => [run, stroke]));
  const pictures = images ? picturesOf(images, ink) : [];
  const go = (label: string, to: number): TemplateResult =>
    html`<vscode-button
      appearance="secondary"
      ?disabled=${to < 0 || to >= pages}
      @click=${() => {
        act.look({ imagePage: to });
      }}
      >${label}</vscode-button
    >`;
  return html`<div class="pages">
      <h3>
        ${what} ${counted(count, 'image')}
        <small
          >of
          ${stepText(predictions.labels.length)}${
            shown.length < count ? `; ${shown.length} of them are pictured here` : ''
          }</small
        >
      </h3>
      ${
        pages === 1
          ? nothing
          : html`${go('Previous', page - 1)}
              <span>${page + 1} of ${pages}</span>
              ${go('Next', page + 1)}`
      }
    </div>
    <div class="images">
      ${images?.images.map((image, i) => figure(predictions, image, pictures[i], strokes))}
    </div>`;
}

function figure(
  { classes, labels, runs }: ComparePredictions,
  image: number,
  picture: HTMLCanvasElement | undefined,
  strokes: ReadonlyMap<string, Stroke>,
): TemplateResult {
  const nameOf = (label: number | undefined): string => classes[label ?? -1] ?? '–';
  const right = nameOf(labels[image]);
  picture?.setAttribute('aria-label', `Test image ${image}`);
  return html`<figure>
    ${picture}
    <figcaption>
      <strong>${right}</strong> <span class="only-read">taken for</span>
      ${runs.map(({ run, predicted }) => {
        const given = nameOf(predicted[image]);
        const stroke = strokes.get(run);
        return html`<span class=${given === right ? 'right' : ''}
          ><i class="key" .style=${`--series: ${stroke?.color ?? 'transparent'}`}></i
          ><span class="only-read">${run}:</span> ${given}${given === right ? ' ✓' : ''}</span
        >`;
      })}
    </figcaption>
  </figure>`;
}
