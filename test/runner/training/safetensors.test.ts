import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeSafetensors, encodeSafetensors } from '../../../runner/training/safetensors.ts';

const fixtures = new URL('../../fixtures/training/', import.meta.url);

/** Written by Python's safetensors: see write_safetensors.py. */
const fromPython = readFileSync(new URL('python.safetensors', fixtures));

const content = {
  tensors: {
    count: { shape: [], values: Int32Array.of(7) },
    'mu/DENSE/kernel': {
      shape: [3, 2],
      values: Float32Array.from([0, 1, 2, 3, 4, 5], (n) => n / 3),
    },
    special: {
      shape: [6],
      values: Float32Array.of(NaN, Infinity, -Infinity, -0, 1e-45, 3.4028235e38),
    },
    empty: { shape: [0, 4], values: new Float32Array(0) },
    'Gewicht "ü"': { shape: [2], values: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) },
  },
  metadata: { note: 'step "3" ✓' },
};

/** A file with this header, text or JSON, and that many bytes of data. */
function file(header: unknown, dataLength: number): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const bytes = Buffer.alloc(8 + text.length + dataLength);
  bytes.writeBigUInt64LE(BigInt(text.length));
  bytes.write(text, 8);
  return bytes;
}

function tensor(begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32'): unknown {
  return { dtype, shape, data_offsets: [begin, end] };
}

describe('Safetensors', () => {
  it("reads what Python's safetensors wrote", () => {
    assert.deepEqual(decodeSafetensors(fromPython), content);
  });

  it("writes the same bytes as Python's safetensors", () => {
    assert.deepEqual(Buffer.from(encodeSafetensors(content)), fromPython);
  });

  it('writes half a megabyte of weights as Python does', () => {
    const bytes = readFileSync(new URL('initial.safetensors', fixtures));
    assert.ok(bytes.equals(encodeSafetensors(decodeSafetensors(bytes))));
  });

  it('keeps several entries of metadata, sorted by name, and files without any', () => {
    const metadata = { step: '235', epoch: '1', ü: '' };
    const written = encodeSafetensors({ tensors: {}, metadata });
    assert.deepEqual(decodeSafetensors(written), { tensors: {}, metadata });
    assert.deepEqual(
      written,
      encodeSafetensors({ tensors: {}, metadata: { ü: '', epoch: '1', step: '235' } }),
    );
    const empty = { tensors: {}, metadata: {} };
    assert.deepEqual(decodeSafetensors(encodeSafetensors(empty)), empty);
  });

  it('writes a part of a larger buffer', () => {
    const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const bytes = encodeSafetensors({ tensors: { a: { shape: [2], values } }, metadata: {} });
    assert.deepEqual(decodeSafetensors(bytes).tensors['a']!.values, Float32Array.of(2, 3));
  });

  it('gives tensors that do not change with the bytes they were read from', () => {
    const bytes = Buffer.from(fromPython);
    const { tensors } = decodeSafetensors(bytes);
    bytes.fill(0);
    assert.deepEqual(tensors, content.tensors);
  });

  it('keeps a tensor that is called __proto__ or 0 beside others', () => {
    const one = { shape: [1], values: Float32Array.of(1) };
    const two = { shape: [1], values: Float32Array.of(2) };
    const tensors = Object.fromEntries([
      ['b', one],
      ['__proto__', two],
      ['0', two],
    ]);
    const read = decodeSafetensors(encodeSafetensors({ tensors, metadata: {} })).tensors;
    assert.deepEqual(Object.entries(read).sort(), Object.entries(tensors).sort());
  });

  it('refuses a shape that does not fit its values', () => {
    const tensors = { bias: { shape: [2, 2], values: new Float32Array(3) } };
    assert.throws(
      () => encodeSafetensors({ tensors, metadata: {} }),
      /The tensor bias has 3 values, but its shape \[2, 2\] needs 4\./,
    );
  });

  it('refuses a file that is cut short anywhere, or too long', () => {
    for (let length = 0; length < fromPython.length; length++) {
      assert.throws(
        () => decodeSafetensors(fromPython.subarray(0, length)),
        /^Error: This is not a complete safetensors file: .*\. Delete it or make it anew\.$/,
        `${length} bytes`,
      );
    }
    assert.throws(
      () => decodeSafetensors(Buffer.concat([fromPython, Buffer.alloc(1)])),
      /its tensors take 60 bytes, but 61 follow the header/,
    );
  });

  const refused: readonly [what: string, bytes: Uint8Array, message: RegExp][] = [
    ['a header that is not JSON', file('{"a":', 0), /its header is not JSON/],
    ['a header that is not UTF-8', Buffer.from('\x02\0\0\0\0\0\0\0"\xff', 'latin1'), /not JSON/],
    ['a header that is a list', file([], 0), /its header is not a JSON object/],
    ['an endless header', Buffer.alloc(64, 0xff), /its header should end at byte/],
    ['another type', file({ a: tensor(0, 8, [1], 'F64') }, 8), /a is of type "F64"; only F32/],
    ['no type', file({ a: { shape: [], data_offsets: [0, 4] } }, 4), /of type undefined/],
    ['no shape', file({ a: { dtype: 'F32', data_offsets: [0, 4] } }, 4), /no shape and data_offs/],
    ['null for a tensor', file({ a: null }, 0), /no shape and data_offsets for a/],
    ['a negative size', file({ a: tensor(0, 4, [-1]) }, 4), /no shape and data_offsets for a/],
    ['a broken size', file({ a: tensor(0, 4, [0.5]) }, 4), /no shape and data_offsets for a/],
    [
      'three offsets',
      file({ a: { dtype: 'F32', shape: [], data_offsets: [0, 4, 8] } }, 4),
      /two num/,
    ],
    [
      'a wrong length',
      file({ a: tensor(0, 8, [3]) }, 8),
      /a of shape \[3\] cannot be 8 bytes long/,
    ],
    ['an overlap', file({ a: tensor(0, 8), b: tensor(4, 12) }, 12), /b begins at byte 4 .* of 8/],
    ['a hole', file({ a: tensor(0, 4), b: tensor(8, 12) }, 12), /b begins at byte 8 .* of 4/],
    ['a tensor beyond the end', file({ a: tensor(0, 8) }, 4), /tensors take 8 bytes, but 4 follow/],
    [
      'a name twice',
      file(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
        8,
      ),
      /a begins at byte 4/,
    ],
    ['metadata that is no text', file({ __metadata__: { step: 3 } }, 0), /not a record of texts/],
    ['metadata that is a list', file({ __metadata__: ['3'] }, 0), /not a record of texts/],
  ];
  for (const [what, bytes, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => decodeSafetensors(bytes), message);
    });
  }
});
