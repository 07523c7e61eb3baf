import type { Finding, Span } from '../checking/finding.ts';
import { lastAtMost, positionsIn } from '../positions.ts';
import { parseJson } from './json/document.ts';
import { pythonOf } from './notebook/magics.ts';

/** A place in a notebook as people count: all from 1, the column in UTF-16 units. */
export interface CellPosition {
  /** Counts all cells, those of text too, as Jupyter and VS Code do. */
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

/** The Python of a notebook as one text, and where each part of it comes from. */
export interface NotebookText {
  readonly text: string;
  /** Why nothing could be read; their spans are in the JSON, not in the text. */
  readonly findings: readonly Finding[];
  /** Where an offset in the text is in the notebook; between two cells it is the end of the first. */
  positionOf(offset: number): CellPosition;
  /** The stretch of the text that each Python cell is, character by character. */
  readonly cells: readonly CellSpan[];
}

export interface CellSpan extends Span {
  readonly cell: number;
}

/**
 * The Python of a Jupyter notebook, of nbformat 3 or 4, with spaces in the place of magics and shell
 * commands. Never throws: where nothing can be read the text is empty and a finding says why.
 */
export function readNotebook(json: string): NotebookText {
  const parsed = parseNotebook(json);
  if ('finding' in parsed) return { ...joinCells([]), findings: [parsed.finding] };
  return joinCells(parsed.cells.map(pythonSource));
}

/**
 * The text of a notebook whose cells are known, as an editor knows those of an open one.
 *
 * @param sources one for each cell of the notebook; undefined where a cell holds no Python.
 */
export function joinCells(sources: readonly (string | undefined)[]): NotebookText {
  const cells: CellSpan[] = [];
  let text = '';
  for (const [index, source] of sources.entries()) {
    if (source === undefined) continue;
    const python = pythonOf(source);
    text += python.opening;
    cells.push({ cell: index + 1, from: text.length, to: text.length + source.length });
    // Closed, and with an empty line against a last backslash: each cell is a program of its own.
    text += `${python.text}\n${python.closing}\n`;
  }
  return { text, findings: [], positionOf: cellPositionsIn(text, cells), cells };
}

function cellPositionsIn(
  text: string,
  cells: readonly CellSpan[],
): (offset: number) => CellPosition {
  const starts = cells.map(({ from }) => from);
  let position: ReturnType<typeof positionsIn> | undefined;
  return (offset) => {
    const found = cells[lastAtMost(starts, offset)];
    if (!found) return { cell: 1, line: 1, column: 1 };
    position ??= positionsIn(text);
    const { line, column } = position(Math.min(Math.max(offset, found.from), found.to));
    return { cell: found.cell, line: line - position(found.from).line + 1, column };
  };
}

/** The cells of a notebook as its JSON has them. */
function parseNotebook(json: string): { cells: readonly unknown[] } | { finding: Finding } {
  let notebook: unknown;
  try {
    // Editors drop a byte order mark; JSON does not know it.
    notebook = JSON.parse(json.replace(/^\ufeff/, ' '));
  } catch {
    return { finding: syntaxFinding(json) };
  }
  const cells = cellsOf(notebook);
  const language = languageOf(notebook);
  const span = { from: 0, to: json.length };
  if (!cells) {
    const message = 'This is not a Jupyter notebook: it has no list "cells".';
    return { finding: { code: 'not-a-notebook', severity: 'error', message, span } };
  }
  if (!isPython(language)) {
    const message = `Anneal reads Python notebooks; the language of this one is ${language.slice(0, 60)}.`;
    return { finding: { code: 'not-python', severity: 'information', message, span } };
  }
  return { cells };
}

function syntaxFinding(json: string): Finding {
  const span = parseJson(json).findings.list[0]?.span ?? { from: 0, to: json.length };
  const { line, column } = positionsIn(json)(span.from);
  const message = `The notebook is not valid JSON at line ${line}, column ${column}: mend it there; a merge may have left a mark.`;
  return { code: 'notebook-syntax', severity: 'error', message, span };
}

/** The cells of a notebook of nbformat 4, or of all worksheets of one of nbformat 3. */
function cellsOf(notebook: unknown): readonly unknown[] | undefined {
  const worksheets = field(notebook, 'worksheets');
  return (
    listOf(field(notebook, 'cells')) ??
    listOf(worksheets)?.flatMap((worksheet) => listOf(field(worksheet, 'cells')) ?? [])
  );
}

/** The language that the kernel said it runs, or the one that was chosen; Python if neither is. */
function languageOf(notebook: unknown): string {
  const said = field(notebook, 'metadata', 'language_info', 'name');
  const chosen = field(notebook, 'metadata', 'kernelspec', 'language');
  return [said, chosen].find((name) => typeof name === 'string') ?? 'python';
}

/** The source of a code cell; undefined of any other, and of one in another language. */
function pythonSource(cell: unknown): string | undefined {
  if (field(cell, 'cell_type') !== 'code') return undefined;
  const language = field(cell, 'metadata', 'vscode', 'languageId') ?? field(cell, 'language');
  if (typeof language === 'string' && !isPython(language)) return undefined;
  const source = field(cell, 'source') ?? field(cell, 'input');
  const lines = typeof source === 'string' ? [source] : listOf(source);
  return lines?.filter((line) => typeof line === 'string').join('');
}

function isPython(language: string): boolean {
  return /^i?python\d*$/i.test(language);
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** What is in a JSON value under some keys, one inside of the other; undefined where nothing is. */
function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((outer, key) => (isObject(outer) ? outer[key] : undefined), value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
