import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { cacheFolder } from '../../runner/cacheFolder.ts';

describe('cacheFolder', () => {
  it('is the folder that ANNEAL_CACHE names, made absolute', () => {
    assert.equal(cacheFolder({ ANNEAL_CACHE: '/somewhere/else' }), resolve('/somewhere/else'));
    assert.equal(cacheFolder({ ANNEAL_CACHE: 'here' }), resolve('here'));
  });

  it("is the platform's place for caches where ANNEAL_CACHE is unset or empty", function () {
    const folder = cacheFolder({});
    assert.ok(isAbsolute(folder));
    assert.equal(cacheFolder({ ANNEAL_CACHE: '' }), folder);
    if (process.platform !== 'linux') this.skip();
    const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
    assert.equal(folder, join(caches, 'anneal'));
  });
});
