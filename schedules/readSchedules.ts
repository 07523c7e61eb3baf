import { checkReading } from './checking/check.ts';
import { readSchedulesJson } from './reading/json/reader.ts';
import type { Reading, Settings } from './reading/reading.ts';

/**
 * Reads a text and checks what it defines: the one door to `reading/` and `checking/`.
 *
 * @param fileName decides how the text is read; it may be a path.
 * @param settings expressions that replace the values of the text's names.
 */
export function readSchedules(fileName: string, text: string, settings: Settings = {}): Reading {
  const reading = reader(fileName)(text, settings);
  return { ...reading, findings: [...reading.findings, ...checkReading(reading)] };
}

function reader(fileName: string): (text: string, settings: Settings) => Reading {
  if (fileName.toLowerCase().endsWith('.json')) return readSchedulesJson;
  return (text) => ({
    definitions: [],
    findings: [
      {
        code: 'unknown-file-kind',
        severity: 'error',
        message: 'Anneal reads schedules from files that end in .schedules.json.',
        span: { from: 0, to: text.length },
      },
    ],
    training: {},
    names: [],
  });
}
