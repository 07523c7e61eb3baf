import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the tests of a `describe`, made before them and removed after them. */
export function temporaryFolder(): { readonly path: (...parts: readonly string[]) => string } {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-test-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return { path: (...parts) => join(folder, ...parts) };
}
