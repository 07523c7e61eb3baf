import assert from 'node:assert/strict';
import type { ComparisonResults, ScheduleFigures } from '../../../runner/protocol.ts';
import { syntheticEvents } from '../../support/syntheticComparison.ts';
import { comparePagesForTests, stateOf, type ComparePage } from '../support/compareHost.ts';
import { eventually } from '../support/eventually.ts';

const events = syntheticEvents({ runs: 4, epochs: 1, stepsPerEpoch: 5 });
const [start] = events;
const names = start!.type === 'comparisonStarted' ? start.runs.map(({ run }) => run) : [];

function figures(index: number, part: Partial<ScheduleFigures>): ScheduleFigures {
  return {
    schedule: names[index]!,
    function: 'f',
    runs: [names[index]!],
    finalAccuracy: { mean: 0.9 - index / 100, margin: null },
    bestAccuracy: { mean: 0.91, margin: 0.004 },
    finalLoss: { mean: 70 + index, margin: null },
    seconds: 200 - index,
    reused: index === 1,
    ranking: { type: 'unfinished' },
    ...part,
  };
}

const results: ComparisonResults = {
  seeds: 1,
  schedules: [
    figures(0, { ranking: { type: 'best' } }),
    figures(1, { ranking: { type: 'behind', points: -0.03, p: 0.4, isDistinguished: false } }),
    figures(2, { ranking: { type: 'behind', points: -1.2, p: 0.001, isDistinguished: true } }),
    figures(3, { finalAccuracy: null, bestAccuracy: null, finalLoss: null, seconds: null }),
  ],
  tests: [],
  explanation: 'What the figures mean.',
  printed: [],
};

describe('the table of results', () => {
  const { open } = comparePagesForTests();
  const rows = ({ page }: ComparePage) => page.locator('.results tbody tr');
  const order = ({ page }: ComparePage) =>
    page
      .locator('.results tbody tr')
      .evaluateAll((all) =>
        all.map((one) => (one as { dataset: Record<string, string> }).dataset['schedule']!),
      );

  it('has a row for each schedule, with the words that keep from choosing by chance', async () => {
    const page = await open({ state: stateOf(events, { results }) });
    const texts = (await rows(page).allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    assert.match(texts[0]!, /0\.9000 best 0\.9100 ± 0\.0040 70\.000 3 min 20 s here/);
    assert.match(texts[1]!, /≈ −0\.03, not distinguishable from the best .* before \(reused\)/);
    assert.match(texts[2]!, / −1\.20 /);
    assert.doesNotMatch(texts[2]!, /distinguishable/);
    assert.match(texts[3]!, / – – – – – –$/);
    assert.equal(await page.page.getByText('What the figures mean.').count(), 1);
  });

  it('is sorted by every column, both ways, with what is missing at the end', async () => {
    const page = await open({ state: stateOf(events, { results }) });
    const [a, b, c, d] = names as [string, string, string, string];
    const byName = [a, b, c, d].toSorted();
    const expected: readonly (readonly [string, string, readonly string[]])[] = [
      ['Schedule', 'ascending', byName],
      ['Schedule', 'descending', byName.toReversed()],
      ['Final accuracy', 'descending', [a, b, c, d]],
      ['Final accuracy', 'ascending', [c, b, a, d]],
      ['Points to the best', 'descending', [a, b, c, d]],
      ['Points to the best', 'ascending', [c, b, a, d]],
      ['Final loss', 'descending', [c, b, a, d]],
      ['Time of a run', 'descending', [a, b, c, d]],
      ['Time of a run', 'ascending', [c, b, a, d]],
      ['Trained', 'descending', [b, a, c, d]],
    ];
    for (const [head, direction, names] of expected) {
      const heading = page.page.getByRole('columnheader', { name: head });
      await heading.getByRole('button').click();
      await eventually(async () => {
        assert.equal(await heading.getAttribute('aria-sort'), direction);
        assert.deepEqual(await order(page), names);
      });
      assert.equal(await page.page.locator('[aria-sort]').count(), 1);
    }
  });

  it('follows new results', async () => {
    const page = await open({ state: stateOf(events) });
    assert.match(await page.page.locator('.results').innerText(), /as soon as a run/);
    await page.post({ type: 'results', results });
    await eventually(async () => {
      assert.equal(await rows(page).count(), 4);
    });
  });

  it('puts the best schedule into the code, and no other', async () => {
    const page = await open({ state: stateOf(events, { results }) });
    const button = page.page.locator('vscode-button', { hasText: 'Use in Code' });
    assert.equal(await button.count(), 1);
    await button.click();
    assert.deepEqual(await page.lastly('apply'), { type: 'apply', schedule: names[0] });
  });
});
