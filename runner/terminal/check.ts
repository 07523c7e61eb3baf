import { findingLine, hasErrors, readScheduleFile } from './files.ts';
import { exitCodes } from './exitCodes.ts';

/** `anneal check FILE...`: what is wrong with the schedules of some files. */
export async function check(files: readonly string[], { json = false }): Promise<number> {
  const read = await Promise.all(files.map((file) => readScheduleFile(file, {})));
  const text = json
    ? JSON.stringify(read.map(({ file, findings }) => ({ file, findings })))
    : read
        .flatMap(({ file, findings }) => findings.map((finding) => findingLine(file, finding)))
        .join('\n');
  if (text !== '') process.stdout.write(`${text}\n`);
  return read.some(hasErrors) ? exitCodes.failed : exitCodes.done;
}
