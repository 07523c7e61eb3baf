import {
  acceptCompletion,
  applyQuickFix,
  focusedEditor,
  underlined,
} from '../support/vscode/editor.ts';
import { editCell, openNotebook } from '../support/vscode/notebook.ts';
import { takePicture } from '../support/vscode/picture.ts';
import { goTo, openFile } from '../support/vscode/quickInput.ts';
import { workbenchForTests } from '../support/vscode/workbench.ts';

describe('A schedule that is written in VS Code', function () {
  this.timeout(90_000);
  const workbench = workbenchForTests();

  it('is underlined where Optax would do something else without a word', async () => {
    const { page } = workbench();
    await openFile(page, 'traps.py');
    await underlined(page, 'warning');
    await takePicture(page, 'findings');
  });

  it('is mended by a quick fix', async () => {
    const { page } = workbench();
    await goTo(page, 51, 55);
    await applyQuickFix(page, 'alpha=0.01');
    await focusedEditor(page).getByText('alpha=0.01)').waitFor();
  });

  it('is completed in a cell of a notebook', async () => {
    const { page } = workbench();
    await openNotebook(page, 'tutorial.ipynb');
    await editCell(page, '(X_train, Y_train)');
    await page.keyboard.type('\nschedule = optax.cos');
    await acceptCompletion(page, 'cosine_decay_schedule(');
    await focusedEditor(page).getByText('cosine_decay_schedule(init_value=').waitFor();
  });
});
