import assert from 'node:assert/strict';
import { isSavedPreview } from '../../../webview/messages.ts';
import { mixture } from '../support/examples.ts';
import { previewsForTests, stateOf } from '../support/previewHost.ts';

describe('a preview that VS Code restores', () => {
  const { open } = previewsForTests();

  it('looks as it did before', async () => {
    const before = await open({ text: mixture });
    await before.page.getByRole('button', { name: 'Log' }).click();
    await before.page.getByRole('button', { name: 'Show stairs' }).click();
    await before.page.getByRole('checkbox', { name: 'Compare pieces' }).click();
    await before.page.locator('.reader').focus();
    await before.page.keyboard.press('+');
    const chart = await before.chart();
    const saved = await before.saved();
    assert.ok(isSavedPreview(saved));
    assert.equal(saved.uri, 'file:///project/train.py');

    const after = await open({ saved });
    await after.show(stateOf(mixture));
    const again = await after.chart();
    assert.deepEqual([again.from, again.to], [chart.from, chart.to]);
    assert.deepEqual(
      again.series.map(({ isHidden }) => isHidden),
      chart.series.map(({ isHidden }) => isHidden),
    );
    await after.page.locator('.toggle[aria-pressed=true]', { hasText: 'Log' }).waitFor();
    await after.page.getByRole('button', { name: 'Compare 1 Schedule' }).waitFor();
  });

  it('looks as at first where what was kept is damaged', async () => {
    const saved = { uri: 'file:///project/train.py', isLocked: false, view: { stretch: 'all' } };
    const preview = await open({ saved });
    await preview.show(stateOf(mixture));
    assert.equal((await preview.chart()).from, 0);
  });

  it('asks for its state, and keeps with VS Code what file it is of', async () => {
    const preview = await open();
    await preview.lastly('ready');
    await preview.show(stateOf(mixture, { isLocked: true }));
    const saved = await preview.saved();
    assert.ok(isSavedPreview(saved));
    assert.equal(saved.isLocked, true);
  });
});
