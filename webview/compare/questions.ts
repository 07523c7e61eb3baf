import type { CompareImages, ComparePredictions, CompareRefusal, FromCompare } from './messages.ts';
import type { Surroundings } from './page.ts';
import { imagesToShow, pageOf } from './predictions/disagreement.ts';
import type { Projection } from './projection.ts';

/** What the page asks of the test images, and which answers still count. */
export interface Questions {
  /** Asks for what a picture lacks: the predictions of the chosen runs, and the images in view. */
  ask(projection: Projection): void;
  isAnswer(message: ComparePredictions | CompareImages | CompareRefusal): boolean;
}

export function questions(
  send: (message: FromCompare) => void,
  surroundings: Surroundings,
): Questions {
  let count = 0;
  let predictions = { key: '[]', request: 0 };
  let images = { key: '[]', request: 0 };
  return {
    ask(projection) {
      // What a run predicts is another thing after each epoch.
      const chosen = projection.runs.filter(({ isChosen }) => isChosen);
      const key = JSON.stringify(chosen.map(({ run, epochs }) => [run, epochs.length]));
      if (key !== predictions.key) {
        predictions = { key, request: ++count };
        const runs = projection.view.chosen.filter((name) =>
          chosen.some(({ run }) => run === name),
        );
        if (runs.length > 0) send({ type: 'predictions', request: count, runs });
      }
      const wanted = imagesInView(projection, surroundings);
      const imagesKey = JSON.stringify(wanted);
      if (imagesKey !== images.key) {
        images = { key: imagesKey, request: ++count };
        if (wanted.length > 0) send({ type: 'images', request: count, images: wanted });
      }
    },
    isAnswer: ({ request }) => request === predictions.request || request === images.request,
  };
}

function imagesInView(
  { view, predictions }: Projection,
  surroundings: Surroundings,
): readonly number[] {
  if (!predictions || view.chosen.length === 0) return [];
  return pageOf(imagesToShow(predictions, surroundings).shown, view.imagePage).images;
}
