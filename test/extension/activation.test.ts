import assert from 'node:assert/strict';
import { extensions, workspace, window } from 'vscode';

describe('the extension', () => {
  it('activates when a Python file is opened', async () => {
    const extension = extensions.getExtension('anneal.anneal');
    assert.ok(extension, 'VS Code finds the extension');
    const [file] = await workspace.findFiles('tutorial.py');
    assert.ok(file, 'the workspace has the tutorial as a program');
    await window.showTextDocument(file);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
