import { once } from 'node:events';
import { connect } from 'node:net';
import { format } from 'node:util';

type Print = (...values: readonly unknown[]) => void;

export interface Output {
  /** Prints as console.log does. */
  readonly print: Print;
  readonly color: boolean;
  /** Resolves when everything is on its way. */
  readonly end: () => Promise<void>;
}

/**
 * Where the suite's report goes: to the port ANNEAL_TEST_OUTPUT of who started VS Code, and where
 * there is none (in Electron) to the console, on which VS Code has much to say as well.
 */
export async function connectOutput(console: Print): Promise<Output> {
  const color = process.env['ANNEAL_TEST_COLOR'] === '1';
  const port = process.env['ANNEAL_TEST_OUTPUT'];
  if (port === undefined) return { print: console, color, end: () => Promise.resolve() };
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  return {
    print(...values) {
      socket.write(`${format(...values)}\n`);
    },
    color,
    async end() {
      socket.end();
      await once(socket, 'close');
    },
  };
}
