import {
  CodeLens,
  EventEmitter,
  languages,
  type CodeLensProvider,
  Range,
  type Command,
  type TextDocument,
} from 'vscode';
import {
  assumedText,
  assumptionTitle,
  boundNames,
  scheduleLenses,
  type ScheduleLens,
} from '../../schedules/language/lenses.ts';
import { bindName } from '../commands/bindName.ts';
import { compareSchedules } from '../commands/compareSchedules.ts';
import { openPreview } from '../commands/openPreview.ts';
import { Disposable } from '../dispose.ts';
import { setting } from '../settings.ts';
import { boundValues } from '../sources/bindings.ts';
import { rangeOf, type Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { scheduleDocuments } from './selector.ts';

/** What a schedule rests on beyond these is behind one lens. */
const mostAssumptions = 3;

/** Length, rates, actions and assumptions above each schedule. */
export class CodeLenses extends Disposable implements CodeLensProvider {
  readonly #sources: Sources;
  readonly #changed = this._register(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(sources: Sources) {
    super();
    this.#sources = sources;
    this._register(
      sources.onDidRead(() => {
        this.#changed.fire();
      }),
    );
    this._register(languages.registerCodeLensProvider(scheduleDocuments, this));
  }

  provideCodeLenses(document: TextDocument): CodeLens[] | undefined {
    const source = this.#sources.of(document);
    if (!source || !setting('codeLens.enabled', document)) return undefined;
    const { text, read, uri } = source;
    const above = scheduleLenses(text, read).flatMap((lens) => {
      const range = rangeOf(source, document, lens.span);
      return range ? this.#commands(source, lens).map((command) => lensAt(range, command)) : [];
    });
    const bound = boundValues(uri);
    const settable = read.names.filter((name) => Object.hasOwn(bound, name));
    const set = boundNames(text, settable).flatMap(({ name, span }) => {
      const range = rangeOf(source, document, span);
      const value = bound[name] ?? '';
      const title = `${name} = ${value} is set by you`;
      const command = { title, command: bindName, arguments: [uri.toString(), name, value] };
      return range ? [lensAt(range, command)] : [];
    });
    return [...above, ...set];
  }

  #commands({ uri }: Source, { name, title, assumptions, isAlone }: ScheduleLens): Command[] {
    const place = uri.toString();
    const opening = [place, ...(name === undefined ? [] : [name])];
    const summary = { title, command: openPreview, arguments: opening };
    if (!isAlone) return [summary];
    const actions = [
      { title: 'Preview', command: openPreview, arguments: opening },
      { title: 'Compare', command: compareSchedules, arguments: opening },
    ];
    const assumed = assumptions.slice(0, mostAssumptions).map((one) => ({
      title: assumptionTitle(one),
      tooltip: one.why,
      command: bindName,
      arguments: [place, one.name, assumedText(one)],
    }));
    const more = assumptions.length - assumed.length;
    const rest = { title: `and ${more} more`, command: bindName, arguments: [place] };
    return [summary, ...actions, ...assumed, ...(more > 0 ? [rest] : [])];
  }
}

/** A lens is one line long, whatever it is about. */
function lensAt({ start }: Range, command: Command): CodeLens {
  return new CodeLens(new Range(start, start), command);
}
