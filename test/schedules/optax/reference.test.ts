import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { scheduleFunctions } from '../../../schedules/optax/catalog.ts';
import { referencePage } from '../../../schedules/optax/reference.ts';

describe('the reference page', () => {
  it('is the one that the catalog gives (npm run build writes it)', () => {
    assert.equal(readFileSync('docs/schedules.md', 'utf8'), referencePage());
  });

  it('has every schedule with every argument', () => {
    const page = referencePage();
    for (const { name, parameters } of scheduleFunctions) {
      const section = page.slice(page.indexOf(`### ${name}\n`)).split('\n### ')[0];
      for (const parameter of parameters) assert.ok(section?.includes(`| \`${parameter.name}\` |`));
    }
  });
});
