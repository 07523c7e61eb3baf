/** What must be ended of what was begun, whatever happens in between. */
export interface Endings {
  readonly add: (end: () => unknown) => void;
  /** Ends all of it, the last begun first. */
  readonly run: () => Promise<void>;
}

export function newEndings(): Endings {
  const ends: (() => unknown)[] = [];
  return {
    add(end) {
      ends.push(end);
    },
    async run() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}
