import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { preparations } from '../../runner/preparations.ts';
import type { FromRunner } from '../../runner/protocol.ts';

describe('Preparations', () => {
  it('are told when they change, and every now and then how far they are', async () => {
    const told: FromRunner[] = [];
    const prepare = preparations((message) => told.push(message));
    prepare('Looking', null);
    for (let i = 0; i < 100; i++) prepare('Fetching', i / 100);
    await setTimeout(150);
    prepare('Fetching', 0.995);
    prepare('Fetching', 1);
    prepare('Starting', null);
    assert.deepEqual(
      told.map((message) => message.type === 'preparing' && [message.message, message.share]),
      [
        ['Looking', null],
        ['Fetching', 0],
        ['Fetching', 0.995],
        ['Fetching', 1],
        ['Starting', null],
      ],
    );
  });
});
