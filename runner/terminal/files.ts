import { readFile, stat } from 'node:fs/promises';
import { positionsIn, type Position } from '../../schedules/positions.ts';
import { lineText } from '../comparison/figures.ts';
import { systemErrorCode } from '../inputError.ts';
import type { Finding } from '../../schedules/checking/finding.ts';
import { readSchedules, type ReadText } from '../../schedules/readSchedules.ts';
import type { Reading, Settings } from '../../schedules/reading/reading.ts';
import { modulesAround, requiredOptax } from './project.ts';

/** A file as it was read from the disk. */
export interface ReadFile {
  readonly file: string;
  readonly reading: Reading;
  readonly findings: readonly LocatedFinding[];
  /** Line and column, from 1, of an offset. */
  readonly positionOf: (offset: number) => Position;
}

/** A finding as `--json` prints it: lines and columns from 1, ends exclusive. */
export interface LocatedFinding {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  /** Of a notebook. */
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const largestFile = 5 * 2 ** 20;
/** Milliseconds to interpret a file: a program that has just started is slow at first. */
const longestReading = 2000;

/** Leaves out a byte order mark, as editors do, and throws where a file is not UTF-8. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the schedules of a file. A file that cannot be read is a reading with one finding. */
export async function readScheduleFile(file: string, settings: Settings): Promise<ReadFile> {
  const reading = await readWhole(file, settings);
  const positionOf = (offset: number): Position => reading.positionOf(offset);
  const findings = reading.findings.map((finding) => locatedFinding(finding, positionOf));
  return { file, reading, findings, positionOf };
}

export function locatedFinding(
  { code, severity, message, span }: Finding,
  positionOf: (offset: number) => Position,
): LocatedFinding {
  const { line: endLine, column: endColumn } = positionOf(span.to);
  return { code, severity, message, ...positionOf(span.from), endLine, endColumn };
}

async function readWhole(file: string, settings: Settings): Promise<ReadText> {
  try {
    const status = await stat(file);
    // A device or a pipe may have no end.
    if (!status.isFile() && !status.isDirectory()) {
      return unreadable('file-unreadable', 'The file cannot be read: it is no regular file.');
    }
    if (status.size > largestFile) {
      const megabytes = (status.size / 2 ** 20).toFixed(1);
      return unreadable('file-too-large', `The file has ${megabytes} MB; Anneal reads up to 5 MB.`);
    }
    const text = utf8.decode(await readFile(file));
    const importText = modulesAround(file);
    return readSchedules(file, text, settings, {
      importText,
      longest: longestReading,
      ...(await requiredOptax(file)),
    });
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    const why: Partial<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EACCES: 'you may not read it',
      EISDIR: 'it is a folder',
      ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not text in UTF-8',
    };
    const reason = why[code] ?? code;
    return unreadable('file-unreadable', `The file cannot be read: ${reason}.`);
  }
}

function unreadable(code: string, message: string): ReadText {
  const finding: Finding = { code, severity: 'error', message, span: { from: 0, to: 0 } };
  return {
    definitions: [],
    calls: [],
    uses: [],
    findings: [finding],
    training: {},
    names: [],
    positionOf: positionsIn(''),
  };
}

/** `file:line:column: severity code: message` */
export function findingLine(file: string, finding: LocatedFinding): string {
  const { cell, line, column, severity, code, message } = finding;
  const place = cell === undefined ? file : `${file}:cell ${cell}`;
  return `${place}:${line}:${column}: ${severity} ${code}: ${lineText(message)}`;
}

export function hasErrors({ findings }: ReadFile): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
