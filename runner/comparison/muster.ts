/** Milliseconds in which a supervisor sends the runs that it begins together. */
const arrival = 300;

/**
 * Gathers runs of a kind that come together, up to a number of them. Those that are trained one at a
 * time wait for nobody.
 */
export class Muster<Run> {
  private readonly waiting = new Map<string, Run[]>();

  constructor(private readonly begin: (runs: readonly Run[]) => void) {}

  add(run: Run, { kind, most }: { readonly kind: string; readonly most: number }): void {
    const runs = this.waiting.get(kind) ?? [];
    this.waiting.set(kind, runs);
    runs.push(run);
    if (runs.length >= most) this.start(kind);
    else if (runs.length === 1)
      setTimeout(() => {
        this.start(kind, runs);
      }, arrival);
  }

  private start(kind: string, expected = this.waiting.get(kind)): void {
    // Those that a timer is for may have become enough before.
    if (!expected || this.waiting.get(kind) !== expected) return;
    this.waiting.delete(kind);
    this.begin(expected);
  }
}
