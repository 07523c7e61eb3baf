import assert from 'node:assert/strict';
import { commands, languages, window, workspace } from 'vscode';
import { anneal, file, inWorkspace } from '../documents.ts';

describe('New Schedule File', () => {
  before(anneal);

  it('writes an example without findings and opens it', async () => {
    const uri = inWorkspace('rates.schedules.json');
    await commands.executeCommand('anneal.newScheduleFile', inWorkspace('rates.json').toString());
    assert.equal(window.activeTextEditor?.document.uri.toString(), uri.toString());
    assert.equal(window.activeTextEditor.document.isDirty, false);
    const { sources } = await anneal();
    assert.equal(sources.at(uri)?.read.definitions.length, 2);
    assert.deepEqual(languages.getDiagnostics(uri), []);
  });

  it('leaves a file that is there as it is', async () => {
    const { uri } = await file('mine.schedules.json', '{}');
    await commands.executeCommand('anneal.newScheduleFile', uri.toString());
    assert.equal(new TextDecoder().decode(await workspace.fs.readFile(uri)), '{}');
  });
});
