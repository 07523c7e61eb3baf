/** What TensorBoard is told at a moment. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly time: number;
  readonly step: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/**
 * An `Event` of TensorFlow with a summary of scalars, as a protocol buffer.
 *
 * Source: tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.
 */
export function scalarEvent({ time, step, scalars }: ScalarEvent): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) =>
    field(1, Buffer.concat([field(1, Buffer.from(tag)), float(2, value)])),
  );
  return Buffer.concat([double(1, time), integer(2, step), field(5, Buffer.concat(values))]);
}

/** The event that an event file begins with. */
export function versionEvent(time: number): Uint8Array {
  return Buffer.concat([double(1, time), field(3, Buffer.from('brain.Event:2'))]);
}

/** How a field's content is told from the next one: its wire type. */
const wire = { varint: 0, eightBytes: 1, lengthFirst: 2, fourBytes: 5 } as const;

const key = (number: number, type: number): number => (number << 3) | type;

function field(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from([key(number, wire.lengthFirst), ...varint(content.length)]),
    content,
  ]);
}

function integer(number: number, value: number): Buffer {
  return Buffer.from([key(number, wire.varint), ...varint(value)]);
}

function double(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = key(number, wire.eightBytes);
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function float(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = key(number, wire.fourBytes);
  bytes.writeFloatLE(value, 1);
  return bytes;
}

/** Seven bits a byte, the lowest first; all but the last byte have their highest bit. */
function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}
