import type { DocumentSelector } from 'vscode';

/** The documents that may have schedules: files, cells and what is not saved yet. */
export const scheduleDocuments: DocumentSelector = [
  { language: 'python' },
  { pattern: '**/*.schedules.json' },
];
