import type { ChildProcess } from 'node:child_process';

/** A line of TensorFlow's log that is information or a warning. */
const noError = /^[IW]\d{4} |: [IW] /;

/**
 * Keeps the end of what a process writes to stderr: its last line that tells of an error, after a
 * colon, for the sentence that says how it ended; '' where there is none.
 */
export function lastWordsOf(child: ChildProcess): () => string {
  let tail = '';
  child.stderr
    ?.setEncoding('utf8')
    .on('data', (text: string) => (tail = (tail + text).slice(-2000)));
  return () => {
    const line = tail
      .split('\n')
      .map((text) => text.trim())
      .findLast((text) => /error|cannot|fail/i.test(text) && !noError.test(text));
    return line === undefined ? '' : `: ${line}`;
  };
}
