import assert from 'node:assert/strict';
import { isSavedComparison } from '../../../webview/messages.ts';
import { syntheticEvents, syntheticResults } from '../../support/syntheticComparison.ts';
import { comparePagesForTests, stateOf } from '../support/compareHost.ts';
import { eventually } from '../support/eventually.ts';

const events = syntheticEvents({ runs: 3, epochs: 2, stepsPerEpoch: 20 });
const results = syntheticResults(events);

describe('a comparison that VS Code restores', () => {
  const { open } = comparePagesForTests();

  it('looks as it did before', async () => {
    const before = await open({ state: stateOf(events, { results }) });
    const press = (name: string) =>
      before.page.getByRole('button', { name, exact: true }).first().click();
    for (const name of ['Epochs', '0 to 1', 'Log', 'Tutorial']) await press(name);
    await before.page.locator('.swatch').nth(1).click();
    await before.page.locator('.run .name').nth(2).click();
    await before.page.getByRole('columnheader', { name: 'Final loss' }).getByRole('button').click();
    await before.page.locator('[data-chart=loss] .reader').hover();
    await before.page.mouse.wheel(0, -300);
    await eventually(async () => {
      const saved = await before.saved();
      assert.ok(isSavedComparison(saved));
      assert.ok((saved.view as { stretch: unknown }).stretch !== null);
    });
    const saved = await before.saved();
    assert.ok(isSavedComparison(saved) && saved.folder === '/project/.anneal/tutorial');

    const after = await open({ saved, state: stateOf(events, { results }) });
    await after.lastly('predictions');
    const pressed = (page: typeof after) =>
      page.page
        .locator('[aria-pressed=true]')
        .evaluateAll((all) =>
          all.map((one) => (one as { textContent: string }).textContent.trim()),
        );
    assert.deepEqual(await pressed(after), await pressed(before));
    assert.equal(await after.page.locator('[aria-sort]').innerText(), 'Final loss\u00a0↓');
    const range = (page: typeof after) =>
      page.page.locator('[data-chart=accuracy] .reader').getAttribute('aria-valuemax');
    assert.equal(await range(after), await range(before));
  });

  it('looks as at first where what was kept is damaged', async () => {
    for (const view of [{ across: 'mile' }, null, { smoothing: 1 }]) {
      const page = await open({ saved: { folder: '/f', view }, state: stateOf(events) });
      const steps = page.page.getByRole('button', { name: 'Steps', pressed: true });
      assert.equal(await steps.count(), 1);
    }
  });

  it('asks for its state, and tells when it is drawn', async () => {
    const page = await open();
    await page.lastly('ready');
    const state = stateOf(events);
    await page.show(state);
    assert.deepEqual(page.said('drawn'), [{ type: 'drawn', revision: state.revision }]);
  });
});
