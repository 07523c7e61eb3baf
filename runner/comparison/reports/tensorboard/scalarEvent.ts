import { double, float, integer, message } from '../../../protocolBuffer.ts';

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
    message(1, Buffer.concat([message(1, Buffer.from(tag)), float(2, value)])),
  );
  return Buffer.concat([double(1, time), integer(2, step), message(5, Buffer.concat(values))]);
}

/** The event that an event file begins with. */
export function versionEvent(time: number): Uint8Array {
  return Buffer.concat([double(1, time), message(3, Buffer.from('brain.Event:2'))]);
}
