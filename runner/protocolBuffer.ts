/**
 * Fields of protocol buffers; a message is its fields one after another.
 *
 * Source: protobuf.dev/programming-guides/encoding.
 */
export function message(number: number, content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const key = keyOf(number, wire.lengthFirst);
  return Buffer.concat([Buffer.from([...key, ...varint(bytes.length)]), bytes]);
}

/** Also of an enumeration or a boolean; at most 2^53, and not negative. */
export function integer(number: number, value: number): Uint8Array {
  return Buffer.from([...keyOf(number, wire.varint), ...varint(value)]);
}

export function double(number: number, value: number): Uint8Array {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.from([...keyOf(number, wire.eightBytes), ...content]);
}

export function float(number: number, value: number): Uint8Array {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return Buffer.from([...keyOf(number, wire.fourBytes), ...content]);
}

/** How a field's content is told from the next one: its wire type. */
const wire = { varint: 0, eightBytes: 1, lengthFirst: 2, fourBytes: 5 } as const;

const keyOf = (number: number, type: number): readonly number[] => varint((number << 3) | type);

/** Seven bits a byte, the lowest first; all but the last byte have their highest bit. */
function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}
