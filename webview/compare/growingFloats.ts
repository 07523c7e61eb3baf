/** Floats that are added to at their end, without copying all of them each time. */
export interface GrowingFloats {
  readonly length: number;
  /** Undefined where there is none. */
  at(index: number): number | undefined;
  add(values: ArrayLike<number>): void;
  /** Keeps only so many of the first. */
  cut(length: number): void;
  /** Those from an index on, as an array of their own. */
  from(index: number): Float32Array;
  /** All of them, without a copy: it holds until more are added. */
  view(): Float32Array;
}

const leastRoom = 256;
/** What is expected is only what somebody says, so it is believed up to here. */
const mostRoom = 2 ** 17;

/** @param expected how many there will be, where that is known: there is room for them at once. */
export function growingFloats(expected = 0): GrowingFloats {
  let room = new Float32Array(Math.min(Math.max(expected, leastRoom), mostRoom));
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (index) => (index < length ? room[index] : undefined),
    add(values) {
      const needed = length + values.length;
      if (needed > room.length) {
        const larger = new Float32Array(Math.max(needed, 2 * room.length));
        larger.set(room.subarray(0, length));
        room = larger;
      }
      room.set(values, length);
      length = needed;
    },
    cut(to) {
      length = Math.min(length, to);
    },
    from: (index) => room.slice(index, length),
    view: () => room.subarray(0, length),
  };
}
