import type { Check } from './shape.ts';

/** What VS Code gives a page, once. */
interface VsCode {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCode;

/** The extension as a page sees it. */
export interface Host<From, Saved> {
  readonly send: (message: From) => void;
  /** What was kept before VS Code took the page down; to be checked. */
  readonly saved: unknown;
  /** Keeps a state for the time when VS Code restores the page. */
  save(state: Saved): void;
}

/** Listens to the extension; what is none of its messages is ignored. */
export function connect<To, From, Saved>(
  isMessage: Check<To>,
  receive: (message: To) => void,
): Host<From, Saved> {
  const vscode = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isMessage(data)) receive(data);
  });
  return {
    send: (message) => {
      vscode.postMessage(message);
    },
    saved: vscode.getState(),
    save: (state) => {
      vscode.setState(state);
    },
  };
}
