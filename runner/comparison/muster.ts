/** Milliseconds within which the next of the runs comes that a supervisor begins together. */
const arrival = 300;

interface Waiting<Run> {
  readonly runs: Run[];
  readonly timer: NodeJS.Timeout;
}

/**
 * Gathers runs of a kind that come together, up to a number of them. Those that are trained one at a
 * time wait for nobody.
 */
export class Muster<Run> {
  private readonly waiting = new Map<string, Waiting<Run>>();

  constructor(private readonly begin: (runs: readonly Run[]) => void) {}

  add(run: Run, { kind, most }: { readonly kind: string; readonly most: number }): void {
    const waiting = this.waiting.get(kind) ?? this.open(kind);
    waiting.runs.push(run);
    waiting.timer.refresh();
    if (waiting.runs.length >= most) this.start(kind);
  }

  private open(kind: string): Waiting<Run> {
    const timer = setTimeout(() => {
      this.start(kind);
    }, arrival);
    const opened = { runs: [], timer };
    this.waiting.set(kind, opened);
    return opened;
  }

  private start(kind: string): void {
    const waiting = this.waiting.get(kind);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.waiting.delete(kind);
    this.begin(waiting.runs);
  }
}
