import { checkReading } from './checking/check.ts';
import { positionsIn, type Position } from './positions.ts';
import { readSchedulesJson } from './reading/json/reader.ts';
import { readNotebook } from './reading/notebook.ts';
import { withoutIgnored } from './reading/python/comments.ts';
import type { ModuleText } from './reading/python/machine/machine.ts';
import { readPython, type EarlierReading } from './reading/python/reader.ts';
import type { Reading, Settings } from './reading/reading.ts';

/** What a text is read with, besides itself. */
export interface Surroundings {
  /** Gives the text of a module that is imported, by its dotted name, from the text at a path. */
  readonly importText?: (module: string, from: string) => ModuleText | undefined;
  /** The versions of Optax that the project requires, such as `==0.1.4` or `<0.2`. */
  readonly pinnedOptax?: string;
  /** How many milliseconds it may take to interpret a text; an editor does not wait long. */
  readonly longest?: number;
  /** What came of an earlier version of the same text, from which it is read faster. */
  readonly earlier?: EarlierReading;
}

/** What came of a text. */
export interface ReadText extends Reading {
  /** Where an offset in a span stands: of a notebook, with the number of the cell. */
  positionOf(offset: number): Position;
  /** Of Python: lets a later version of the same text be read faster. */
  readonly earlier?: EarlierReading;
}

/**
 * Reads a text and checks what it defines: the one door to `reading/` and `checking/`.
 *
 * @param fileName decides how the text is read; it may be a path.
 * @param settings expressions that replace the values of the text's names.
 */
export function readSchedules(
  fileName: string,
  text: string,
  settings: Settings = {},
  surroundings: Surroundings = {},
): ReadText {
  switch (/\.[^.]*$/.exec(fileName.toLowerCase())?.[0]) {
    case '.json':
      return checked({ ...readSchedulesJson(text, settings), positionOf: positionsIn(text) }, text);
    case '.py':
    case '.pyi':
      return readPythonText(text, settings, surroundings);
    case '.ipynb': {
      const notebook = readNotebook(text);
      const read = readPythonText(notebook.text, settings, surroundings);
      const findings = [...notebook.findings, ...read.findings];
      return { ...read, findings, positionOf: (offset) => notebook.positionOf(offset) };
    }
    default:
      return unknownKind(text);
  }
}

function readPythonText(
  text: string,
  settings: Settings,
  { importText, pinnedOptax, longest, earlier }: Surroundings,
): ReadText {
  const reading = readPython(text, {
    settings,
    ...(importText && { importText }),
    ...(longest !== undefined && { longest }),
    ...(earlier && { earlier }),
  });
  const pinned = pinnedOptax === undefined ? {} : { pinnedOptax };
  const read = checked({ ...reading, ...pinned, positionOf: positionsIn(text) }, text);
  return { ...read, findings: withoutIgnored(text, read.findings) };
}

function checked(read: ReadText, text: string): ReadText {
  const findings = [...read.findings, ...checkReading(read, text)];
  return { ...read, findings: findings.toSorted((a, b) => a.span.from - b.span.from) };
}

function unknownKind(text: string): ReadText {
  const message =
    'Anneal reads schedules from Python files, notebooks, and files that end in .schedules.json.';
  const span = { from: 0, to: text.length };
  return {
    definitions: [],
    calls: [],
    uses: [],
    findings: [{ code: 'unknown-file-kind', severity: 'error', message, span }],
    training: {},
    names: [],
    positionOf: positionsIn(text),
  };
}
