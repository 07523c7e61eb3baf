import type { Uri } from 'vscode';
import { Disposable } from '../dispose.ts';
import type { Source } from './source.ts';
import type { Sources } from './sources.ts';

/**
 * Which colour of the palettes a schedule has, in the gutter and in every picture and panel: the
 * first that was free when its name was first seen, and the same one as long as its file is open.
 */
export class ScheduleColors extends Disposable {
  readonly #indices = new Map<string, Map<string, number>>();

  constructor(sources: Sources) {
    super();
    this._register(sources.onDidForget((uri) => this.#indices.delete(uri.toString())));
  }

  /** An index from 0, for `seriesStroke`, of a definition or use by its name in the source. */
  indexOf({ uri, read }: Source, name: string): number {
    const indices = this.#indicesOf(uri);
    const known = indices.get(name);
    if (known !== undefined) return known;
    const names = [...read.definitions, ...read.uses].map((one) => one.name);
    // Names that went leave their colour to those that come.
    const present = new Set(names);
    for (const old of indices.keys()) if (!present.has(old)) indices.delete(old);
    const taken = new Set(indices.values());
    let next = 0;
    for (const one of [...names, name]) {
      if (indices.has(one)) continue;
      while (taken.has(next)) next++;
      indices.set(one, next);
      taken.add(next);
    }
    return indices.get(name) ?? 0;
  }

  #indicesOf(uri: Uri): Map<string, number> {
    const key = uri.toString();
    let indices = this.#indices.get(key);
    if (!indices) {
      indices = new Map<string, number>();
      this.#indices.set(key, indices);
    }
    return indices;
  }
}
