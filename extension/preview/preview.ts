import { basename } from 'node:path';
import { commands, EventEmitter, Uri, window, type WebviewPanel } from 'vscode';
import { whatIfSettings, type WhatIf } from '../../schedules/language/whatIf.ts';
import {
  isFromPreview,
  type DrawnChart,
  type FromPreview,
  type PreviewSchedule,
  type ToPreview,
} from '../../webview/messages.ts';
import { Disposable } from '../dispose.ts';
import { activeSource } from '../sources/activeSource.ts';
import { boundValues } from '../sources/bindings.ts';
import type { Copied } from '../../schedules/language/copies.ts';
import type { PhasedSchedule } from '../../schedules/optax/phases.ts';
import type { ScheduleColors } from '../sources/scheduleColors.ts';
import { openedSource } from '../sources/openedSource.ts';
import type { Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { scheduleAtCursor } from './activeSchedule.ts';
import { ArgumentChanges, type ArgumentChange } from './argumentChanges.ts';
import { copySchedules, savePicture } from './copying.ts';
import { CurveMemory } from './curveMemory.ts';
import { insertSchedule } from './insertion.ts';
import { pageHtml } from '../page.ts';
import { revealSchedule } from './revealing.ts';
import { sentSchedules } from './sentSchedules.ts';
import { withLastCurves } from './staleCurves.ts';
import {
  curveOf,
  previewSchedules,
  previewTraining,
  shownSteps,
  unknownTraining,
} from './state.ts';
import { messageOf } from '../messageOf.ts';

export interface PreviewOptions {
  readonly sources: Sources;
  readonly colors: ScheduleColors;
  /** The folder of the extension. */
  readonly extension: Uri;
}

const asCodeSays: WhatIf = { epochs: null, batchSize: null };

/**
 * A panel with the curves of one document or notebook. The panel holds what is shown; its page draws
 * the last state that it was sent, and is sent the newest one when it has drawn that.
 */
export class Preview extends Disposable {
  readonly #panel: WebviewPanel;
  readonly #options: PreviewOptions;
  readonly #changes = new ArgumentChanges(() => this.#source);
  #uri: Uri;
  #isLocked: boolean;
  #whatIf = asCodeSays;
  /** What the page asks for while the pointer moves is not read anew each time. */
  #whatIfRead: { of: Source; whatIf: WhatIf; source: Source } | undefined;
  #active: string | null = null;
  #shown: readonly PreviewSchedule[] = [];
  /** What the page was sent last, and has, since it gets a state only when it has drawn the one before. */
  #known: readonly PreviewSchedule[] = [];
  readonly #curves = new CurveMemory();
  #isReady = false;
  /** The last state that was sent, and the last one that is on the screen. */
  #sent = 0;
  #drawn = 0;
  /** Whether something changed that the page was not sent. */
  #isBehind = false;
  readonly #didDraw = this._register(new EventEmitter<void>());
  /** Tells when a state is on the screen. */
  readonly onDidDraw = this.#didDraw.event;
  #requests = 0;
  readonly #inspections = new Map<number, (chart: DrawnChart) => void>();

  constructor(panel: WebviewPanel, uri: Uri, isLocked: boolean, options: PreviewOptions) {
    super();
    this.#panel = this._register(panel);
    this.#uri = uri;
    this.#isLocked = isLocked;
    this.#options = options;
    this.#listen();
    this.#entitle();
    const { webview } = panel;
    const dist = Uri.joinPath(options.extension, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = pageHtml(webview, dist, {
      title: 'Schedule Preview',
      script: 'preview.js',
      style: 'preview.css',
    });
  }

  get uri(): Uri {
    return this.#uri;
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** Brings the panel forward with a document's schedules, of which one may be made the active one. */
  show(uri: Uri, active?: string): void {
    this.#panel.reveal(undefined, true);
    this.#turnTo(uri);
    if (active !== undefined) this.#activate(active);
  }

  /** Takes notice of a new reading, which may be of another document. */
  hear(source: Source): void {
    if (this.#isOf(source)) this.#update();
  }

  /** Writes a value of an argument into the code, as a control of the page does. */
  setArgument(change: ArgumentChange): Promise<void> {
    return this.#changes.apply(change);
  }

  /** What the page's chart holds, once it has drawn what there is at present. */
  inspect(): Promise<DrawnChart> {
    const request = ++this.#requests;
    return new Promise((resolve) => {
      this.#inspections.set(request, resolve);
      this.#answerInspections();
    });
  }

  /** Asks the page, unless a state is on its way there. */
  #answerInspections(): void {
    if (!this.#isReady || this.#isBehind || this.#drawn < this.#sent) return;
    for (const request of this.#inspections.keys()) this.#post({ type: 'inspect', request });
  }

  #listen(): void {
    const { sources } = this.#options;
    this._register(
      this.#panel.webview.onDidReceiveMessage((message: unknown) => {
        if (isFromPreview(message)) void this.#hearPage(message);
      }),
    );
    this._register(
      this.#panel.onDidChangeViewState(() => {
        // VS Code takes a hidden page down; what is shown again is a new one.
        if (!this.#panel.visible) this.#known = [];
        else if (this.#isBehind) this.#update();
      }),
    );
    this._register(
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        const source = sources.of(textEditor.document);
        if (source && this.#isOf(source)) this.#activate(scheduleAtCursor(source));
      }),
    );
    const follow = (): void => {
      this.#follow();
    };
    this._register(window.onDidChangeActiveTextEditor(follow));
    this._register(window.onDidChangeActiveNotebookEditor(follow));
  }

  get #source(): Source | undefined {
    return this.#options.sources.at(this.#uri);
  }

  /** The page may show a file that no editor has open, such as one that a window had before. */
  async #hearPage(message: FromPreview): Promise<void> {
    const isAboutCode = message.type !== 'drawn' && message.type !== 'inspected';
    if (isAboutCode && !this.#source) {
      try {
        await openedSource(this.#options.sources, this.#uri);
      } catch (error) {
        const why = messageOf(error);
        void window.showErrorMessage(`${basename(this.#uri.path)} cannot be opened: ${why}`);
      }
    }
    if (!this.isDisposed) this.#receive(message);
  }

  /** The source, read once with the other length of training that is looked at. */
  get #whatIfSource(): Source | undefined {
    const source = this.#source;
    if (!source) return undefined;
    const settings = whatIfSettings(this.#whatIf, source.read.names, source.read.training);
    if (Object.keys(settings).length === 0) return source;
    const known = this.#whatIfRead;
    if (known?.of === source && known.whatIf === this.#whatIf) return known.source;
    const read = this.#options.sources.readWith(source, settings);
    const changed = { ...source, read };
    this.#whatIfRead = { of: source, whatIf: this.#whatIf, source: changed };
    return changed;
  }

  #isOf({ uri }: Source): boolean {
    return uri.toString() === this.#uri.toString();
  }

  #entitle(): void {
    this.#panel.title = `Schedules of ${basename(this.#uri.path)}`;
  }

  /** Turns to the active editor's schedules, unless the panel stays with its own. */
  #follow(): void {
    const source = activeSource(this.#options.sources);
    if (!source || (this.#isLocked && !this.#isOf(source))) return;
    this.#turnTo(source.uri);
    this.#activate(scheduleAtCursor(source));
  }

  #turnTo(uri: Uri): void {
    if (uri.toString() === this.#uri.toString()) return;
    this.#uri = uri;
    this.#whatIf = asCodeSays;
    this.#active = null;
    this.#shown = [];
    this.#entitle();
    this.#update();
  }

  #activate(schedule: string | undefined): void {
    if (schedule === undefined || schedule === this.#active) return;
    this.#active = schedule;
    this.#post({ type: 'active', active: schedule });
  }

  /** Sends what there is to show, unless the page is hidden or has not drawn the last state yet. */
  #update(): void {
    this.#isBehind = !this.#isReady || !this.#panel.visible || this.#drawn < this.#sent;
    if (this.#isBehind) return;
    const source = this.#whatIfSource;
    const now = source ? previewSchedules(this.#previewed(source), this.#curves) : [];
    const { schedules, stale } = withLastCurves(now, this.#shown, source?.text.trim() === '');
    this.#shown = schedules;
    this.#active ??= (source && scheduleAtCursor(source)) ?? schedules[0]?.name ?? null;
    this.#sent += 1;
    this.#post({
      type: 'state',
      revision: this.#sent,
      file: basename(this.#uri.path),
      uri: this.#uri.toString(),
      isLocked: this.#isLocked,
      stale,
      schedules: sentSchedules(schedules, this.#known),
      active: this.#active,
      training: source ? previewTraining(source) : unknownTraining,
      whatIf: this.#whatIf,
    });
    this.#known = schedules;
  }

  #previewed(source: Source) {
    const bound = boundValues(this.#uri);
    return {
      ...source,
      colorOf: (name: string) => this.#options.colors.indexOf(source, name),
      isBound: (name: string) => Object.hasOwn(bound, name),
    };
  }

  #receive(message: FromPreview): void {
    const source = this.#whatIfSource;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#known = [];
        this.#drawn = this.#sent;
        this.#update();
        break;
      case 'drawn':
        this.#drawn = message.revision;
        this.#didDraw.fire();
        if (this.#isBehind) this.#update();
        this.#answerInspections();
        break;
      case 'sample': {
        const { request, schedules, from, to, columns } = message;
        const curves = ofEach(source, schedules, (one) => curveOf(one, { from, to }, columns));
        this.#post({ type: 'samples', request, curves });
        break;
      }
      case 'evaluate': {
        const { request, steps } = message;
        const rates = ofEach(source, undefined, ({ schedule }) =>
          Float64Array.from(steps, schedule),
        );
        this.#post({ type: 'rates', request, rates });
        break;
      }
      case 'inspected':
        this.#inspections.get(message.request)?.(message.chart);
        this.#inspections.delete(message.request);
        break;
      case 'setArgument':
        void this.setArgument(message).then(() => {
          // Where the code could not be changed, the page goes back to what it is.
          if (message.done) this.#update();
        });
        break;
      case 'select':
        this.#active = message.schedule;
        break;
      case 'bind':
        void commands.executeCommand(
          'anneal.bindName',
          this.#uri.toString(),
          message.name,
          undefined,
          message.value ?? '',
        );
        break;
      case 'whatIf':
        this.#whatIf = message.whatIf;
        this.#update();
        break;
      case 'setLocked':
        this.#isLocked = message.isLocked;
        break;
      case 'savePicture':
        savePicture(this.#uri, message.png).catch((error: unknown) => {
          const why = messageOf(error);
          void window.showErrorMessage(`The picture was not saved: ${why}`);
        });
        break;
      case 'reveal':
        if (source) void revealSchedule(source, message.schedule, message.argument);
        break;
      case 'copy':
        if (source) void copySchedules(copied(source, message.schedules), message.format);
        break;
      case 'insert':
        if (source) void insertSchedule(source, message.function);
        break;
      case 'compare':
        void commands.executeCommand(
          'anneal.compareSchedules',
          this.#uri.toString(),
          message.schedules,
        );
        break;
    }
  }

  #post(message: ToPreview): void {
    if (this.#isReady) void this.#panel.webview.postMessage(message);
  }
}

/** What comes of each schedule that has a curve, by its name; of all where none is named. */
function ofEach<Result>(
  source: Source | undefined,
  names: readonly string[] | undefined,
  f: (schedule: PhasedSchedule) => Result,
): Readonly<Record<string, Result>> {
  const definitions = source?.read.definitions ?? [];
  return Object.fromEntries(
    definitions.flatMap(({ name, schedule }) =>
      schedule && (names?.includes(name) ?? true) ? [[name, f(schedule)] as const] : [],
    ),
  );
}

function copied(source: Source, names: readonly string[]): Copied {
  const { text, read } = source;
  const definitions = read.definitions.filter(({ name }) => names.includes(name));
  return { text, definitions, calls: read.calls, steps: shownSteps(source) + 1 };
}
