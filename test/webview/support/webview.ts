import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { Theme } from '../../support/vscode/theme.ts';
import type { PageServer } from './pageServer.ts';

export interface WebviewOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** Pixels of the screen for one of the page; with 2, a page half as wide looks as at 200 %. */
  readonly scale?: number;
  readonly forcedColors?: boolean;
  /** What VS Code kept of an earlier page. */
  readonly saved?: unknown;
}

/** Of the page. */
declare function postMessage(message: unknown): void;

/** A page that believes it is in VS Code. */
export interface Webview<To> {
  readonly page: Page;
  readonly post: (message: To) => Promise<void>;
  /** What the page has kept with VS Code. */
  readonly saved: () => Promise<unknown>;
  readonly useTheme: (theme: Theme) => Promise<void>;
  /** Errors of the page, and what its policy did not let it do. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

const kinds: Readonly<Record<Theme, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  highContrast: 'vscode-high-contrast',
  highContrastLight: 'vscode-high-contrast-light',
};

/** Opens a built page. @param receive is told what the page says. */
export async function openWebview<To>(
  browser: Browser,
  server: PageServer,
  name: string,
  receive: (message: unknown) => void,
  options: WebviewOptions = {},
): Promise<Webview<To>> {
  const { width = 900, height = 1000, scale = 1, theme = 'dark', saved = null } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    ...(options.forcedColors && { forcedColors: 'active' }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.exposeFunction('sendToExtension', receive);
  await page.addInitScript({ content: vscodeApi(saved) });
  await page.addInitScript({ content: applyTheme(await variablesOf(theme)) });
  await page.goto(server.address(name));
  return {
    page,
    complaints,
    post: (message) =>
      page.evaluate((data) => {
        postMessage(data);
      }, asSent(message)),
    saved: () => page.evaluate('savedState'),
    useTheme: async (next) => page.evaluate(applyTheme(await variablesOf(next))),
    close: () => context.close(),
  };
}

/** VS Code sends JSON, but for arrays of bytes and floats. */
function asSent(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(asSent);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asSent(one)]));
}

interface ThemeVariables {
  readonly kind: string;
  readonly variables: Readonly<Record<string, string>>;
}

async function variablesOf(theme: Theme): Promise<ThemeVariables> {
  const file = new URL(`../../fixtures/themes/${theme}.json`, import.meta.url);
  const variables = JSON.parse(await readFile(file, 'utf8')) as ThemeVariables['variables'];
  return { kind: kinds[theme], variables };
}

/*
 * What follows runs in the page, and is text: tsx gives functions what only its own modules have.
 */

const vscodeApi = (saved: unknown): string => `
  globalThis.savedState = ${JSON.stringify(saved)};
  globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => void sendToExtension(message),
    getState: () => savedState,
    setState: (state) => (savedState = state),
  });`;

/** As VS Code does it: variables on the root, marks on the body. */
const applyTheme = ({ kind, variables }: ThemeVariables): string => `{
  const apply = () => {
    const { style } = document.documentElement;
    for (const name of [...style]) style.removeProperty(name);
    for (const [name, value] of Object.entries(${JSON.stringify(variables)})) {
      style.setProperty(name, value);
    }
    const { classList, dataset } = document.body;
    classList.remove(dataset.vscodeThemeKind);
    classList.add('${kind}');
    dataset.vscodeThemeKind = '${kind}';
  };
  const applyOnce = (_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    apply();
  };
  // At first the page has no body, and its script waits until all of it is there.
  if (document.body) apply();
  else new MutationObserver(applyOnce).observe(document, { childList: true, subtree: true });
}`;
