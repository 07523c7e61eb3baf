import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
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
import { launchBrowser } from '../../support/browser.ts';
import { randomNumbers } from '../../support/syntheticComparison.ts';
import { servePages, type PageServer } from './pageServer.ts';
import { openWebview, type Webview, type WebviewOptions } from './webview.ts';

type Type = FromCompare['type'];
type Message<T extends Type> = Extract<FromCompare, { readonly type: T }>;

/** A comparison page with an extension that answers its questions, and writes down what it says. */
export interface ComparePage extends Webview<ToCompare> {
  /** Sends a state or changes and waits until they are drawn. */
  readonly show: (message: Extract<ToCompare, { readonly revision: number }>) => Promise<void>;
  /** What the page has said of a kind, in order. */
  readonly said: <T extends Type>(type: T) => readonly Message<T>[];
  /** The last that it has said of a kind, waiting for the first one where there is none. */
  readonly lastly: <T extends Type>(type: T) => Promise<Message<T>>;
  readonly forget: () => void;
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
  let browser: Browser;
  let server: PageServer;
  let opened: ComparePage[] = [];
  before(async () => {
    browser = await launchBrowser();
    server = await servePages();
  });
  afterEach(async () => {
    const complaints = opened.flatMap((page) => page.complaints);
    await Promise.all(opened.map((page) => page.close()));
    opened = [];
    assert.deepEqual(complaints, [], 'the page complained');
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return {
    async open({ state, ...options } = {}) {
      const page = await openComparePage(browser, server, options);
      opened.push(page);
      if (state) await page.show(state);
      return page;
    },
  };
}

async function openComparePage(
  browser: Browser,
  server: PageServer,
  options: WebviewOptions,
): Promise<ComparePage> {
  const messages: FromCompare[] = [];
  const said = <T extends Type>(type: T) =>
    messages.filter((message): message is Message<T> => message.type === type);
  const receive = (message: unknown): void => {
    assert.ok(isFromCompare(message), `The page sent ${JSON.stringify(message)}`);
    messages.push(message);
    const reply = answerTo(message);
    // A test may be over before its page is answered.
    if (reply) webview.post(reply).catch(() => undefined);
  };
  const webview = await openWebview<ToCompare>(browser, server, 'compare', receive, options);
  const until = async <T>(find: () => T | undefined, what: string): Promise<T> => {
    for (let tries = 0; tries < 500; tries++) {
      const found = find();
      if (found !== undefined) return found;
      await webview.page.waitForTimeout(20);
    }
    throw new Error(`The page did not ${what}; it complained: ${webview.complaints.join('\n')}`);
  };
  let requests = 0;
  return {
    ...webview,
    said,
    async show(message) {
      await webview.post(message);
      const isDrawn = () => said('drawn').find((one) => one.revision === message.revision);
      await until(isDrawn, 'draw what it was sent');
    },
    lastly: (type) => until(() => said(type).at(-1), `say ${type}`),
    forget: () => (messages.length = 0),
    async drawn() {
      const request = ++requests;
      await webview.post({ type: 'inspect', request });
      const isAnswer = () => said('inspected').find((one) => one.request === request);
      return (await until(isAnswer, 'tell what its charts hold')).drawn;
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
