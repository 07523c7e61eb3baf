import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  commands,
  ProgressLocation,
  Uri,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import { forgetMeasurements } from '../compare/measurements.ts';
import type { Runners } from '../compare/runners.ts';
import { messageOf } from '../messageOf.ts';

/** The command that gets the engine `tensorflow`: `anneal engines install tensorflow`. */
export function registerSetUpTensorFlow(
  runners: Runners,
  context: ExtensionContext,
  log: LogOutputChannel,
): Disposable {
  const program = Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath;
  return commands.registerCommand('anneal.setUpTensorFlow', async () => {
    if (!workspace.isTrusted) {
      const message = 'Programs are not run in a workspace that you do not trust: trust it first.';
      return void window.showWarningMessage(message);
    }
    const title = 'Setting up the TensorFlow engine';
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    const outcome = await window.withProgress(options, async (progress, cancelled) => {
      try {
        const node = await runners.node();
        const child = spawn(node.path, [program, 'engines', 'install', 'tensorflow'], {
          env: { ...process.env, ...node.env },
        });
        cancelled.onCancellationRequested(() => child.kill('SIGINT'));
        let last = '';
        for (const input of [child.stdout, child.stderr]) {
          createInterface({ input }).on('line', (line) => {
            log.info(line);
            if (line.trim() !== '') last = line;
            progress.report({ message: line });
          });
        }
        return await new Promise<{ code: number | null; last: string }>((resolve, reject) => {
          child.on('error', reject).on('close', (code) => {
            resolve({ code, last });
          });
        });
      } catch (error) {
        return { code: 1, last: messageOf(error) };
      }
    });
    const stopped = 130;
    if (outcome.code === 0) {
      await forgetMeasurements(context);
      const message = 'The TensorFlow engine is ready: comparisons train with it from now on.';
      void window.showInformationMessage(message);
    } else if (outcome.code !== stopped && outcome.code !== null) {
      const picked = await window.showErrorMessage(outcome.last, 'Show Log');
      if (picked !== undefined) log.show();
    }
  });
}
