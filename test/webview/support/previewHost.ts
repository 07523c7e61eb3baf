import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { curveOf, previewSchedules, previewTraining } from '../../../extension/preview/state.ts';
import type { ScheduleText } from '../../../schedules/language/scheduleText.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import {
  isFromPreview,
  type DrawnChart,
  type FromPreview,
  type PreviewState,
  type SentState,
  type ToPreview,
} from '../../../webview/messages.ts';
import { launchBrowser } from '../../support/browser.ts';
import { servePages, type PageServer } from './pageServer.ts';
import { openWebview, type Webview, type WebviewOptions } from './webview.ts';

type Type = FromPreview['type'];
type Message<T extends Type> = Extract<FromPreview, { readonly type: T }>;

/** A preview page with an extension that answers its questions, and writes down what it says. */
export interface Preview extends Webview<ToPreview> {
  /** Sends a state and waits until it is drawn. */
  readonly show: (state: SentState) => Promise<void>;
  /** What the page has said of a kind, in order. */
  readonly said: <T extends Type>(type: T) => readonly Message<T>[];
  /** The last that it has said of a kind, waiting for the first one where there is none. */
  readonly lastly: <T extends Type>(type: T) => Promise<Message<T>>;
  readonly forget: () => void;
  readonly chart: () => Promise<DrawnChart>;
}

let revision = 0;

/** The state of a page for a text, as the extension builds it. */
export function stateOf(
  text: string,
  options: Partial<PreviewState> & { readonly settings?: Readonly<Record<string, string>> } = {},
): PreviewState {
  const { settings = {}, file = 'train.py', ...others } = options;
  const source = sourceOf(file, text, settings);
  const names = source.read.definitions.map(({ name }) => name);
  return {
    type: 'state',
    revision: ++revision,
    file,
    uri: `file:///project/${file}`,
    isLocked: false,
    stale: null,
    schedules: previewSchedules({
      ...source,
      colorOf: (name) => names.indexOf(name),
      isBound: (name) => Object.hasOwn(settings, name),
    }),
    active: names[0] ?? null,
    training: previewTraining(source),
    whatIf: { epochs: null, batchSize: null },
    ...others,
  };
}

export function sourceOf(
  file: string,
  text: string,
  settings: Readonly<Record<string, string>> = {},
): ScheduleText {
  const kind = file.endsWith('.json') ? 'json' : 'python';
  return { kind, text, read: readSchedules(file, text, settings, { longest: 10_000 }) };
}

/** Previews for the tests of a `describe`: one browser, a page for each test. */
export function previewsForTests(): {
  readonly open: (options?: WebviewOptions & { readonly text?: string }) => Promise<Preview>;
} {
  let browser: Browser;
  let server: PageServer;
  let opened: Preview[] = [];
  before(async () => {
    browser = await launchBrowser();
    server = await servePages();
  });
  afterEach(async () => {
    const complaints = opened.flatMap((preview) => preview.complaints);
    await Promise.all(opened.map((preview) => preview.close()));
    opened = [];
    assert.deepEqual(complaints, [], 'the page complained');
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return {
    async open({ text, ...options } = {}) {
      const preview = await openPreview(browser, server, text ?? '', options);
      opened.push(preview);
      if (text !== undefined) await preview.show(stateOf(text));
      return preview;
    },
  };
}

async function openPreview(
  browser: Browser,
  server: PageServer,
  text: string,
  options: WebviewOptions,
): Promise<Preview> {
  const messages: FromPreview[] = [];
  const said = <T extends Type>(type: T) =>
    messages.filter((message): message is Message<T> => message.type === type);
  const answer = answers(text);
  const receive = (message: unknown): void => {
    assert.ok(isFromPreview(message), `The page sent ${JSON.stringify(message)}`);
    messages.push(message);
    const reply = answer(message);
    // A test may be over before its page is answered.
    if (reply) webview.post(reply).catch(() => undefined);
  };
  const webview = await openWebview<ToPreview>(browser, server, 'preview', receive, options);
  const until = async <T>(find: () => T | undefined, what: string): Promise<T> => {
    for (let tries = 0; tries < 250; tries++) {
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
    async show(state) {
      await webview.post(state);
      const isDrawn = () => said('drawn').find((one) => one.revision === state.revision);
      await until(isDrawn, 'draw the state');
    },
    lastly: (type) => until(() => said(type).at(-1), `say ${type}`),
    forget: () => (messages.length = 0),
    async chart() {
      const request = ++requests;
      await webview.post({ type: 'inspect', request });
      const isAnswer = () => said('inspected').find((one) => one.request === request);
      return (await until(isAnswer, 'tell what its chart holds')).chart;
    },
  };
}

/** Answers the questions of a page about a text's schedules, as the extension does. */
function answers(text: string): (message: FromPreview) => ToPreview | undefined {
  const schedules = sourceOf('train.py', text).read.definitions.flatMap(({ name, schedule }) =>
    schedule ? [{ name, schedule }] : [],
  );
  return (message) => {
    if (message.type === 'sample') {
      const { request, columns, from, to } = message;
      const wanted = schedules.filter(({ name }) => message.schedules.includes(name));
      const curves = wanted.map(
        ({ name, schedule }) => [name, curveOf(schedule, { from, to }, columns)] as const,
      );
      return { type: 'samples', request, curves: Object.fromEntries(curves) };
    }
    if (message.type === 'evaluate') {
      const { request, steps } = message;
      const rates = schedules.map(
        ({ name, schedule: { schedule } }) => [name, Float64Array.from(steps, schedule)] as const,
      );
      return { type: 'rates', request, rates: Object.fromEntries(rates) };
    }
    return undefined;
  };
}
