import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { servePages, type PageServer } from './pageServer.ts';
import { openWebview, type Webview, type WebviewOptions } from './webview.ts';

interface Message {
  readonly type: string;
}
type OfType<From extends Message, Type extends From['type']> = Extract<
  From,
  { readonly type: Type }
>;

/** A page with an extension that answers its questions, and writes down what it says. */
export interface HostedPage<From extends Message, To> extends Webview<To> {
  /** What the page has said of a kind, in order. */
  readonly said: <Type extends From['type']>(type: Type) => readonly OfType<From, Type>[];
  /** The last that it has said of a kind, waiting for the first one where there is none. */
  readonly lastly: <Type extends From['type']>(type: Type) => Promise<OfType<From, Type>>;
  readonly forget: () => void;
  /** Waits until something is found in what it has said. */
  readonly until: <T>(find: () => T | undefined, what: string) => Promise<T>;
}

export interface Hosting<From extends Message, To> {
  readonly page: 'compare' | 'preview';
  readonly isSaid: (message: unknown) => message is From;
  readonly answer: (message: From) => To | undefined;
}

/** Pages for the tests of a `describe`: one browser, a page for each test. */
export function hostedPages<From extends Message, To>(): (
  hosting: Hosting<From, To>,
  options: WebviewOptions,
) => Promise<HostedPage<From, To>> {
  let browser: Browser;
  let server: PageServer;
  let opened: HostedPage<From, To>[] = [];
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
  return async (hosting, options) => {
    const page = await openPage(browser, server, hosting, options);
    opened.push(page);
    return page;
  };
}

async function openPage<From extends Message, To>(
  browser: Browser,
  server: PageServer,
  { page, isSaid, answer }: Hosting<From, To>,
  options: WebviewOptions,
): Promise<HostedPage<From, To>> {
  const messages: From[] = [];
  const said = <Type extends From['type']>(type: Type) =>
    messages.filter((message): message is OfType<From, Type> => message.type === type);
  const receive = (message: unknown): void => {
    assert.ok(isSaid(message), `The page sent ${JSON.stringify(message)}`);
    messages.push(message);
    const reply = answer(message);
    // A test may be over before its page is answered.
    if (reply) webview.post(reply).catch(() => undefined);
  };
  const webview = await openWebview<To>(browser, server, page, receive, options);
  const until = async <T>(find: () => T | undefined, what: string): Promise<T> => {
    for (let tries = 0; tries < 500; tries++) {
      const found = find();
      if (found !== undefined) return found;
      await webview.page.waitForTimeout(20);
    }
    throw new Error(`The page did not ${what}; it complained: ${webview.complaints.join('\n')}`);
  };
  return {
    ...webview,
    said,
    until,
    lastly: (type) => until(() => said(type).at(-1), `say ${type}`),
    forget: () => (messages.length = 0),
  };
}
