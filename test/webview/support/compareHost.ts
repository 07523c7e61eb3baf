import type { ComparisonEvent, ComparisonResults } from '../../../runner/protocol.ts';
import {
  isFromCompare,
  newComparison,
  type CompareState,
  type Comparison,
  type ComparisonStatus,
  type DrawnComparison,
  type FromCompare,
  type ToCompare,
} from '../../../webview/messages.ts';
import { randomNumbers } from '../../support/syntheticComparison.ts';
import { hostedPages, type HostedPage } from './pageHost.ts';
import type { WebviewOptions } from './webview.ts';

/** A comparison page, hosted as the extension does. */
export interface ComparePage extends HostedPage<FromCompare, ToCompare> {
  /** Sends a state or changes and waits until they are drawn. */
  readonly show: (message: Extract<ToCompare, { readonly revision: number }>) => Promise<void>;
  readonly drawn: () => Promise<DrawnComparison>;
}

let revision = 0;

export interface Told {
  readonly status?: Partial<ComparisonStatus>;
  readonly results?: ComparisonResults | null;
  readonly title?: string;
}

/** The fold of some events, as the extension has it. */
export function told(events: readonly ComparisonEvent[]): Comparison {
  const comparison = newComparison();
  for (const event of events) comparison.tell(event);
  return comparison;
}

export function stateOf(
  events: readonly ComparisonEvent[],
  { status = {}, results = null, title = 'tutorial' }: Told = {},
): CompareState {
  const folder = '/project/.anneal/tutorial';
  return told(events).state({ revision: ++revision, title, folder, results, status });
}

/** The changes that events bring to a comparison. */
export function changesOf(comparison: Comparison, events: readonly ComparisonEvent[]) {
  for (const event of events) comparison.tell(event);
  return comparison.changes({ revision: ++revision });
}

/** Pages for the tests of a `describe`: one browser, a page for each test. */
export function comparePagesForTests(): {
  readonly open: (
    options?: WebviewOptions & { readonly state?: CompareState },
  ) => Promise<ComparePage>;
} {
  const openHosted = hostedPages<FromCompare, ToCompare>();
  return {
    async open({ state, ...options } = {}) {
      const hosting = { page: 'compare', isSaid: isFromCompare, answer: answerTo } as const;
      const page = comparePage(await openHosted(hosting, options));
      if (state) await page.show(state);
      return page;
    },
  };
}

function comparePage(page: HostedPage<FromCompare, ToCompare>): ComparePage {
  let requests = 0;
  return {
    ...page,
    async show(message) {
      await page.post(message);
      const isDrawn = () => page.said('drawn').find((one) => one.revision === message.revision);
      await page.until(isDrawn, 'draw what it was sent');
    },
    async drawn() {
      const request = ++requests;
      await page.post({ type: 'inspect', request });
      const isAnswer = () => page.said('inspected').find((one) => one.request === request);
      return (await page.until(isAnswer, 'tell what its charts hold')).drawn;
    },
  };
}

/** Names of the classes, as Fashion-MNIST has them. */
export const classes = [
  ...['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat'],
  ...['Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
];
export const testLabels = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 10);

/** What a run predicts: wrong on images of its own, about every eighth. */
export function predictedBy(run: string): Uint8Array {
  const random = randomNumbers(run.length);
  return testLabels.map((label) => (random() < 0.13 ? Math.floor(10 * random()) : label));
}

/** An image whose every pixel is made of its index. */
export function pixelsOf(image: number): Uint8Array {
  return Uint8Array.from({ length: 28 * 28 }, (_, i) => (i * (image + 1)) % 256);
}

function answerTo(message: FromCompare): ToCompare | undefined {
  if (message.type === 'predictions') {
    const { request, runs } = message;
    const answers = runs.map((run) => ({ run, epoch: 10, predicted: predictedBy(run) }));
    return { type: 'predictions', request, classes, labels: testLabels, runs: answers };
  }
  if (message.type === 'images') {
    const { request, images } = message;
    const pixels = Uint8Array.from(images.flatMap((image) => [...pixelsOf(image)]));
    return { type: 'images', request, images, width: 28, height: 28, pixels };
  }
  return undefined;
}
