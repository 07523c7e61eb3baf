import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { shuffledOrder } from '../../../runner/training/shuffling.ts';
import golden from '../../fixtures/training/shuffling.json' with { type: 'json' };

describe('The order of a shuffled epoch', () => {
  it('is the one that JAX makes, from one example to sixty thousand', () => {
    for (const { seed, epoch, count, first, sha256 } of golden) {
      const order = shuffledOrder(seed, epoch, count);
      assert.deepEqual([...order.subarray(0, 17)], first);
      const hash = createHash('sha256').update(new Uint8Array(order.buffer)).digest('hex');
      assert.equal(hash, sha256, `seed ${seed}, epoch ${epoch}, ${count} examples`);
    }
  });

  it('has every example once, and is another one in each epoch and under each seed', () => {
    const orders = [shuffledOrder(0, 1, 500), shuffledOrder(0, 2, 500), shuffledOrder(1, 1, 500)];
    for (const order of orders)
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        [...Array(500).keys()],
      );
    assert.equal(new Set(orders.map(String)).size, 3);
  });
});
