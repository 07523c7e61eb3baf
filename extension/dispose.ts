import type { Disposable as VsCodeDisposable } from 'vscode';

/** Whatever holds listeners: what it registers goes when it goes. */
export abstract class Disposable {
  #isDisposed = false;
  readonly #registered: VsCodeDisposable[] = [];

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const one of this.#registered.splice(0).reverse()) one.dispose();
  }

  protected get isDisposed(): boolean {
    return this.#isDisposed;
  }

  protected _register<T extends VsCodeDisposable>(disposable: T): T {
    if (this.#isDisposed) disposable.dispose();
    else this.#registered.push(disposable);
    return disposable;
  }
}
