/**
 * The records of a TFRecord file: the length of each, then its content, each with a checksum behind
 * it.
 *
 * Source: tensorflow/core/lib/io/record_writer.h.
 */
export function tfRecords(contents: readonly Uint8Array[]): Uint8Array {
  const size = contents.reduce((sum, { length }) => sum + length + 16, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let place = 0;
  for (const content of contents) {
    view.setBigUint64(place, BigInt(content.length), true);
    view.setUint32(place + 8, masked(crc32c(bytes.subarray(place, place + 8))), true);
    bytes.set(content, place + 12);
    view.setUint32(place + 12 + content.length, masked(crc32c(content)), true);
    place += content.length + 16;
  }
  return bytes;
}

/** So that the checksum of something that holds checksums is not at a disadvantage. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

/** Castagnoli's polynomial, reversed. */
const polynomial = 0x82f63b78;

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0);
  }
  return remainder;
});

/** CRC-32C (RFC 3720, appendix B.4). */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (remainders[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
