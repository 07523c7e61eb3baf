import { basename } from 'node:path';
import { window, workspace } from 'vscode';
import { replacedRates, type ReplacedRate } from '../../schedules/comparing/replacedRates.ts';
import { shortened } from '../../schedules/reading/shortened.ts';
import { workspaceEdit } from '../sources/workspaceEdit.ts';
import { showDefinition, showSpan, type DefiningCode } from './definingCode.ts';

/** Puts a schedule into an optimizer's call, in the code that defines it; one undo takes it back. */
export async function applyWinner(code: DefiningCode): Promise<void> {
  const { source, name } = code;
  const file = basename(source.uri.path);
  if (source.kind === 'json') {
    const message = `${file} has no optimizer: copy '${name}' as Optax code from the preview instead.`;
    return void window.showInformationMessage(message);
  }
  const { read, text } = source;
  const rates = replacedRates(read, text, name);
  if (rates.length === 0) {
    await showDefinition(code);
    const message = `No optimizer in ${file} can be given '${name}' by an edit: where one is called, the name does not stand for it, or it has it already.`;
    return void window.showInformationMessage(message);
  }
  const rate = rates.length === 1 ? rates[0] : await pickRate(rates, text);
  if (!rate) return;
  if (!(await workspace.applyEdit(workspaceEdit(source, [rate.edit])))) {
    return void window.showErrorMessage(`${file} cannot be changed: is it read-only?`);
  }
  const from = rate.edit.span.from;
  await showSpan(source, { from, to: from + rate.edit.text.length });
  window.setStatusBarMessage(`${rate.optimizer} trains with ${rate.edit.text} now.`, 6000);
}

async function pickRate(
  rates: readonly ReplacedRate[],
  text: string,
): Promise<ReplacedRate | undefined> {
  const items = rates.map((rate) => {
    const before = text.slice(rate.edit.span.from, rate.edit.span.to);
    return {
      label: `${rate.optimizer}(${shortened(before, 60)})`,
      description: `line ${text.slice(0, rate.edit.span.from).split('\n').length}`,
      rate,
    };
  });
  return (await window.showQuickPick(items, { title: 'Which optimizer is to train with it?' }))
    ?.rate;
}
