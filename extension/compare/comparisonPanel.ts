import { EventEmitter, Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import {
  isFromCompare,
  type DrawnComparison,
  type FromCompare,
  type ToCompare,
} from '../../webview/messages.ts';
import { Disposable } from '../dispose.ts';
import { pageHtml } from '../page.ts';
import type { ComparisonSession, SessionChange } from './comparisonSession.ts';
import { withOneBuffer } from './oneBuffer.ts';
import { messageOf } from '../messageOf.ts';

/** What a panel leaves to others: it changes files or the code. */
export type PanelAction = Extract<
  FromCompare,
  { readonly type: 'showCode' | 'apply' | 'savePicture' | 'export' }
>;

/** Milliseconds between two messages with what has happened: a page draws no faster. */
const leastPause = 33;
/** The same while a comparison is read: its page takes in what it is sent, and draws it later. */
const readingPause = 150;

/**
 * A panel that shows a comparison. Its page is sent all of it when it is there, then what has
 * happened since, once it has drawn what came before; a hidden one is sent nothing.
 */
export class ComparisonPanel extends Disposable {
  readonly session: ComparisonSession;
  readonly #panel: WebviewPanel;
  readonly #act: (action: PanelAction) => void;
  #isReady = false;
  #sent = 0;
  #drawn = 0;
  /** What the page was not sent yet; `whole` replaces what it has. */
  #due: 'nothing' | 'changes' | 'whole' = 'whole';
  /** What is told besides the steps, and was not yet. */
  readonly #asideDue = new Set<'results' | 'title'>();
  #timer: NodeJS.Timeout | undefined;
  #pause = leastPause;
  #sentAt = 0;
  /** Whether what was sent last is only taken in, which takes no longer than to send the next. */
  #sentWhileReading = false;
  #requests = 0;
  readonly #inspections = new Map<number, (drawn: DrawnComparison) => void>();
  readonly #didDraw = this._register(new EventEmitter<void>());
  /** Tells when what was sent is on the screen. */
  readonly onDidDraw = this.#didDraw.event;

  constructor(
    panel: WebviewPanel,
    session: ComparisonSession,
    { extension, act }: { readonly extension: Uri; readonly act: (action: PanelAction) => void },
  ) {
    super();
    this.session = session;
    this.#panel = this._register(panel);
    this.#act = act;
    this._register({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
    this._register(
      session.onDidChange((change) => {
        this.#change(change);
      }),
    );
    this._register(
      panel.onDidChangeViewState(() => {
        this.#sendSoon();
        this.#sendAside();
      }),
    );
    const { webview } = panel;
    this._register(
      webview.onDidReceiveMessage((message: unknown) => {
        if (isFromCompare(message)) void this.#receive(message);
      }),
    );
    const dist = Uri.joinPath(extension, 'dist');
    panel.title = session.title;
    panel.iconPath = Uri.joinPath(extension, 'media', 'comparison.svg');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = pageHtml(webview, dist, {
      title: 'Comparison of Schedules',
      script: 'compare.js',
      style: 'compare.css',
    });
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  get isVisible(): boolean {
    return this.#panel.visible;
  }

  /** Whether all that has happened is on the screen. */
  get isDrawn(): boolean {
    return this.#isReady && this.#due === 'nothing' && this.#drawn >= this.#sent;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** What the charts of the page hold, once it has drawn what there is at present. */
  inspect(): Promise<DrawnComparison> {
    const request = ++this.#requests;
    return new Promise((resolve) => {
      this.#inspections.set(request, resolve);
      this.#answerInspections();
    });
  }

  #answerInspections(): void {
    if (!this.isDrawn) return;
    for (const request of this.#inspections.keys()) this.#post({ type: 'inspect', request });
  }

  #change(change: SessionChange): void {
    if (change === 'title') this.#panel.title = this.session.title;
    if (change === 'results' || change === 'title') {
      this.#asideDue.add(change);
      this.#sendAside();
      return;
    }
    if (change === 'whole') {
      this.#due = 'whole';
      this.#panel.title = this.session.title;
    } else if (this.#due === 'nothing') {
      this.#due = 'changes';
    }
    this.#sendSoon();
  }

  /** A hidden page has no frames, and so would not draw what it is sent. */
  get #isShown(): boolean {
    return this.#isReady && this.#panel.visible;
  }

  /** Whether the page has enough to do: it draws a message before the next one comes. */
  get #isAhead(): boolean {
    return this.#sent - this.#drawn > (this.#sentWhileReading ? 1 : 0);
  }

  #sendSoon(): void {
    if (this.#due === 'nothing' || !this.#isShown || this.#isAhead) return;
    const pause = this.session.isReading ? readingPause : leastPause;
    if (pause < this.#pause) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    this.#pause = pause;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#send();
      },
      this.#sentAt + pause - performance.now(),
    );
  }

  /** A state has all of it already. */
  #sendAside(): void {
    if (!this.#isShown || this.#due === 'whole') return;
    const { results, title } = this.session;
    if (this.#asideDue.delete('title')) this.#post({ type: 'title', title });
    if (results && this.#asideDue.delete('results')) this.#post({ type: 'results', results });
  }

  #send(): void {
    if (this.#due === 'nothing' || !this.#isShown || this.#isAhead) return;
    const revision = ++this.#sent;
    this.#sentAt = performance.now();
    this.#sentWhileReading = this.session.isReading;
    const isWhole = this.#due === 'whole';
    if (isWhole) this.#asideDue.clear();
    this.#due = 'nothing';
    const news = isWhole ? this.session.state(revision) : this.session.changes(revision);
    this.#post({ ...news, runs: withOneBuffer(news.runs) });
  }

  async #receive(message: FromCompare): Promise<void> {
    const { session } = this;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#drawn = this.#sent;
        this.#due = 'whole';
        this.#send();
        break;
      case 'drawn':
        this.#drawn = message.revision;
        this.#didDraw.fire();
        this.#sendSoon();
        this.#answerInspections();
        break;
      case 'inspected':
        this.#inspections.get(message.request)?.(message.drawn);
        this.#inspections.delete(message.request);
        break;
      case 'stop':
        session.stop(message.run ?? undefined);
        break;
      case 'pause':
        session.pause();
        break;
      case 'continue':
        await session.continue(message.run ?? undefined);
        break;
      case 'first':
        session.first(message.run);
        break;
      case 'predictions':
        await this.#answer(message.request, () => this.#predictions(message));
        break;
      case 'images':
        await this.#answer(message.request, () => this.#images(message));
        break;
      case 'showCode':
      case 'apply':
      case 'savePicture':
      case 'export':
        this.#act(message);
    }
  }

  async #answer(request: number, ask: () => Promise<ToCompare>): Promise<void> {
    try {
      this.#post(await ask());
    } catch (error) {
      const message = messageOf(error);
      this.#post({ type: 'refused', request, message });
    }
  }

  async #predictions({
    request,
    runs,
  }: Extract<FromCompare, { type: 'predictions' }>): Promise<ToCompare> {
    const answer = await this.session.ask('predictions', { runs });
    return {
      type: 'predictions',
      request,
      classes: answer.classes,
      labels: Uint8Array.from(answer.labels),
      runs: answer.runs.map(({ run, epoch, predicted }) => ({
        run,
        epoch,
        predicted: Uint8Array.from(predicted),
      })),
    };
  }

  async #images({ request, images }: Extract<FromCompare, { type: 'images' }>): Promise<ToCompare> {
    const { pixels, width, height, ...answer } = await this.session.ask('images', { images });
    const bytes = Uint8Array.from(Buffer.from(pixels, 'base64'));
    return { type: 'images', request, images: answer.images, width, height, pixels: bytes };
  }

  #post(message: ToCompare): void {
    if (this.#isReady) void this.#panel.webview.postMessage(message);
  }
}

/** What VS Code knows the panels by, also when it restores them. */
export const panelType = 'anneal.comparison';

export function newComparisonPanel(): WebviewPanel {
  return window.createWebviewPanel(
    panelType,
    'Comparison',
    ViewColumn.Active,
    // A page that is kept is whole at once when it is shown again, however many steps it has.
    { enableFindWidget: true, retainContextWhenHidden: true },
  );
}
