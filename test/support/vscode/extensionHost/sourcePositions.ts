import { findSourceMap } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A stack with the positions of the TypeScript sources. VS Code formats stacks itself, which switches
 * off what Node would do.
 */
export function withSourcePositions(stack: string): string {
  return stack.replaceAll(/([^\s()]+\.cjs):(\d+):(\d+)/g, (position, file: string, ...rest) => {
    const [line, column] = rest.map(Number);
    const source = findSourceMap(resolve(file))?.findEntry(Number(line) - 1, Number(column) - 1);
    if (source === undefined || !('originalSource' in source)) return position;
    return `${fileURLToPath(source.originalSource)}:${source.originalLine + 1}:${source.originalColumn + 1}`;
  });
}
