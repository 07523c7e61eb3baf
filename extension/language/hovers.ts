import {
  Hover,
  languages,
  MarkdownString,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import { hoverAt, type ScheduleHover } from '../../schedules/language/hover.ts';
import { plain } from '../../schedules/language/markdown.ts';
import { compareSchedules } from '../commands/compareSchedules.ts';
import { openPreview } from '../commands/openPreview.ts';
import { Disposable } from '../dispose.ts';
import { setting } from '../settings.ts';
import type { ScheduleColors } from '../sources/scheduleColors.ts';
import { offsetAt, rangeOf, type Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import { activePalette } from '../theme.ts';
import { dataAddress } from './pictures.ts';
import { scheduleDocuments } from './selector.ts';

/** The commands that a hover leads to. */
const actions = [
  { title: 'Open Preview', command: openPreview },
  { title: 'Compare Schedules', command: compareSchedules },
];

/** The curve of what the pointer rests on, its facts, and what it is made from. */
export class Hovers extends Disposable implements HoverProvider {
  readonly #sources: Sources;
  readonly #colors: ScheduleColors;

  constructor(sources: Sources, colors: ScheduleColors) {
    super();
    this.#sources = sources;
    this.#colors = colors;
    this._register(languages.registerHoverProvider(scheduleDocuments, this));
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const source = this.#sources.of(document);
    if (!source || !setting('hover.enabled', document)) return undefined;
    const hover = hoverAt(source, offsetAt(source, document, position), {
      palette: activePalette(),
      colorOf: (name) => this.#colors.indexOf(source, name),
    });
    return hover && new Hover(this.#markdown(source, hover), rangeOf(source, document, hover.span));
  }

  #markdown({ uri }: Source, { heading, picture, text, name }: ScheduleHover): MarkdownString {
    const links = actions.map(({ title, command }) => {
      const place = [uri.toString(), ...(name === undefined ? [] : [name])];
      return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify(place))})`;
    });
    const image = picture && `![${plain(picture.alt)}](${dataAddress(picture.svg)})`;
    const parts = [heading, image, text, links.join(' · ')];
    const markdown = new MarkdownString(parts.filter((part) => part).join('\n\n'));
    markdown.isTrusted = { enabledCommands: actions.map(({ command }) => command) };
    return markdown;
  }
}
