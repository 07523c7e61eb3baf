import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const programs = fileURLToPath(new URL('../../dist', import.meta.url));

export interface Outcome {
  /** Exit code; null where a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string | undefined;
  /** Variables besides those of this process; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

export interface RunningAnneal {
  readonly child: ChildProcessWithoutNullStreams;
  readonly outcome: Promise<Outcome>;
}

/** Runs the built program, without a terminal. */
export function anneal(args: readonly string[], surroundings?: Surroundings): Promise<Outcome> {
  return startAnneal(args, surroundings).outcome;
}

/** The same for a test that does something to the process while it runs. */
export function startAnneal(args: readonly string[], surroundings?: Surroundings): RunningAnneal {
  return start(['cli.js', ...args], surroundings);
}

/** Starts the runner that takes requests on its stdin. */
export function startRunner(surroundings?: Surroundings): RunningAnneal {
  return start(['main.js'], surroundings);
}

function start([program = '', ...args]: readonly string[], { cwd, env }: Surroundings = {}) {
  const child = spawn(process.execPath, [join(programs, program), ...args], {
    cwd,
    env: { ...process.env, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return { child, outcome };
}
