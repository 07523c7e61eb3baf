import { takePicture } from '../support/vscode/picture.ts';
import { goTo, openFile, runCommand } from '../support/vscode/quickInput.ts';
import { workbenchForTests } from '../support/vscode/workbench.ts';

describe('The preview in VS Code', function () {
  this.timeout(90_000);
  const workbench = workbenchForTests();

  it('shows the curves of a file beside it', async () => {
    const { page } = workbench();
    await openFile(page, 'tutorial.py');
    await goTo(page, 90, 5);
    await runCommand(page, 'Anneal: Open Schedule Preview');
    const frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await frame.locator('canvas').first().waitFor();
    await page.waitForTimeout(2000);
    await takePicture(page, 'preview');
  });
});
