import { keyOf } from './keys.ts';
import { PythonError } from './pythonError.ts';
import type { Instance, Value } from './value.ts';

type Entry = readonly [key: Value, value: Value];

/** The entries of `instance.__dict__`: what is written into it is an attribute, and the reverse. */
export class AttributeEntries extends Map<string, Entry> {
  readonly instance: Instance;

  constructor(instance: Instance) {
    super();
    this.instance = instance;
  }

  override get size(): number {
    return this.instance.attributes.size;
  }

  override get(key: string): Entry | undefined {
    const name = nameIn(key);
    const value = name === undefined ? undefined : this.instance.attributes.get(name);
    return name === undefined || value === undefined ? undefined : [name, value];
  }

  override has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  override set(key: string, [, value]: Entry): this {
    const name = nameIn(key);
    if (name === undefined) throw new PythonError('TypeError: attribute names are texts');
    this.instance.attributes.set(name, value);
    return this;
  }

  override delete(key: string): boolean {
    const name = nameIn(key);
    return name !== undefined && this.instance.attributes.delete(name);
  }

  override clear(): void {
    this.instance.attributes.clear();
  }

  override *entries(): MapIterator<[string, Entry]> {
    for (const [name, value] of this.instance.attributes) yield [keyOf(name), [name, value]];
  }

  override *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  override *values(): MapIterator<Entry> {
    for (const [, entry] of this.entries()) yield entry;
  }

  override [Symbol.iterator](): MapIterator<[string, Entry]> {
    return this.entries();
  }
}

/** The text that a key stands for, as `keyOf` makes it. */
function nameIn(key: string): string | undefined {
  return key.startsWith("'") ? key.slice(1) : undefined;
}
