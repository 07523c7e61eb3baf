import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { initialParameters, kernelKey } from '../../../runner/training/initialization.ts';
import {
  parameterNames,
  parameterShapes,
  type ParameterName,
} from '../../../runner/training/parameters.ts';
import { decodeSafetensors } from '../../../runner/training/safetensors.ts';
import { keyFromSeed, randomBits } from '../../../runner/training/threefry.ts';

const fixtures = new URL('../../fixtures/training/', import.meta.url);

/** What JAX computed: see write_initialization.py. */
const golden = JSON.parse(readFileSync(new URL('initialization.json', fixtures), 'utf8')) as {
  bits: { seed: number; count: number; bits: number[] }[];
  kernels: {
    seed: number;
    name: ParameterName;
    key: number[];
    bitsSha256: string;
    first: number[];
    last: number[];
  }[];
};

/** Four units of float32's last place. */
const tolerance = 4 * 2 ** -23;

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    assert.ok(
      difference <= tolerance * Math.abs(expected[i]!),
      `${what}, weight ${i}: ${actual[i]!} instead of ${expected[i]!}`,
    );
  }
}

describe('Random bits', () => {
  for (const { seed, count, bits } of golden.bits) {
    it(`are JAX's own: ${count} under PRNGKey(${seed})`, () => {
      assert.deepEqual([...randomBits(keyFromSeed(seed), count)], bits);
    });
  }

  it('depend on the low 32 bits of a seed alone, as JAX has it by default', () => {
    assert.deepEqual(keyFromSeed(2 ** 32 + 5), [0, 5]);
    assert.deepEqual(keyFromSeed(-1), [0, 2 ** 32 - 1]);
  });
});

describe('Starting parameters', () => {
  for (const { seed, name, key, bitsSha256, first, last } of golden.kernels) {
    const shape = parameterShapes[name];
    const size = shape.reduce<number>((product, length) => product * length, 1);

    it(`have JAX's key and all of its bits for ${name}, seed ${seed}`, () => {
      const ours = kernelKey(keyFromSeed(seed), name);
      assert.deepEqual([...ours], key);
      const digest = createHash('sha256').update(randomBits(ours, size)).digest('hex');
      assert.equal(digest, bitsSha256);
    });

    it(`begin and end as JAX's for ${name}, seed ${seed}`, () => {
      const weights = initialParameters(seed)[name];
      assertClose(weights.subarray(0, 16), first, 'first weights');
      assertClose(weights.subarray(-16), last, 'last weights');
    });
  }

  it("are all JAX's weights to float32 rounding under seed 0", () => {
    const bytes = readFileSync(new URL('initial.safetensors', fixtures));
    const { tensors } = decodeSafetensors(bytes);
    const ours = initialParameters(0);
    assert.deepEqual(Object.keys(ours), Object.keys(tensors).sort());
    let equal = 0;
    let total = 0;
    for (const name of parameterNames) {
      const theirs = tensors[name]!;
      assert.deepEqual(theirs.shape, parameterShapes[name]);
      assertClose(ours[name], theirs.values, name);
      equal += ours[name].filter((weight, i) => weight === theirs.values[i]).length;
      total += theirs.values.length;
    }
    assert.ok(equal > 0.99 * total, `${equal} of ${total} weights are exactly equal`);
  });

  it('differ from seed to seed in every kernel', () => {
    const [a, b] = [initialParameters(1), initialParameters(2)];
    for (const { name } of golden.kernels) assert.notDeepEqual(a[name], b[name]);
  });
});
