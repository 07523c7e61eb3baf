import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { findingKinds } from '../../../schedules/checking/findingKinds.ts';
import { findingsPage } from '../../../schedules/checking/findingsPage.ts';

/** The codes that findings have in the sources. */
function codesInSources(): ReadonlySet<string> {
  const files = readdirSync('schedules', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('drawing'))
    .map((file) => `schedules/${file}`);
  const given =
    /(?:\bcode:|\bcode ===|\b(?:add|push|finding|unreadable)\()\s*'([a-z]+(?:-[a-z0-9]+)+)'/g;
  return new Set(
    [...files, 'runner/terminal/files.ts'].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(given)].map(([, code = '']) => code),
    ),
  );
}

describe('The table of findings', () => {
  it('has every code that a finding can have, and no other', () => {
    assert.deepEqual([...codesInSources()].toSorted(), Object.keys(findingKinds).toSorted());
  });

  it('explains each in sentences', () => {
    for (const [code, { title, summary }] of Object.entries(findingKinds)) {
      assert.match(title, /^[A-Za-z].*[^.]$/, code);
      assert.match(summary, /^[A-Za-z_].{15,}\.$/, code);
    }
  });

  it('is the page docs/findings.md', () => {
    assert.equal(readFileSync('docs/findings.md', 'utf8'), findingsPage());
  });
});
