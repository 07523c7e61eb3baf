import { cpus, hostname } from 'node:os';
import { EventEmitter, type ExtensionContext } from 'vscode';
import { counted } from '../../schedules/checking/figures.ts';
import { stepsOf } from '../../schedules/comparing/training.ts';
import type { EngineState, TrainingSettings } from '../../runner/protocol.ts';
import { Disposable } from '../dispose.ts';
import { optimizerNames, runCount, type ComparisonPlan } from './comparisonPlan.ts';
import type { RunnerProcess } from './runnerProcess.ts';
import { messageOf } from '../messageOf.ts';

/** How fast this machine trains, of which the expected time is made. */
export interface Measured {
  readonly engine: string;
  readonly device: string;
  readonly stepsPerSecond: number;
  readonly evaluationSeconds: number;
}

const measuredKey = 'measured';
type Kept = Readonly<Record<string, Measured>>;

/** Where measurements are kept, and of which version of the extension they are. */
type Keeping = Pick<ExtensionContext, 'globalState' | 'extension'>;

/** What was measured counts no more: another engine trains from now on. */
export async function forgetMeasurements({ globalState }: Keeping): Promise<void> {
  await globalState.update(measuredKey, undefined);
}

/** What can train here and how fast, found out while a person chooses; what was measured is kept. */
export class Measurements extends Disposable {
  readonly #context: Keeping;
  readonly #runner: Promise<RunnerProcess>;
  #engines: readonly EngineState[] | undefined;
  #problem: string | undefined;
  readonly #asked = new Map<string, 'measuring' | 'failed'>();
  readonly #changed = this._register(new EventEmitter<void>());
  /** Tells when something more is known. */
  readonly onDidChange = this.#changed.event;

  constructor(startRunner: () => Promise<RunnerProcess>, context: Keeping) {
    super();
    this.#context = context;
    this.#runner = startRunner();
    this._register({
      dispose: () => {
        // What still measures would compete with what is trained then.
        this.#runner.then(
          (runner) => {
            runner.dispose();
          },
          () => undefined,
        );
      },
    });
    void this.#findEngines();
  }

  /** Undefined while they are tried. */
  get engines(): readonly EngineState[] | undefined {
    return this.#engines;
  }

  /** Why nothing can train here. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** What was measured of a plan's engine and settings, which is begun where nothing is known. */
  of({ settings, choices }: ComparisonPlan): Measured | 'measuring' | 'failed' {
    const engine = choices.engine ?? 'auto';
    const key = this.#keyOf(engine, settings);
    const known = this.#kept[key] ?? this.#asked.get(key);
    if (known !== undefined) return known;
    this.#asked.set(key, 'measuring');
    void this.#measure(key, engine, settings);
    return 'measuring';
  }

  async #findEngines(): Promise<void> {
    try {
      const runner = await this.#runner;
      this.#engines = (await runner.ask('engines', {})).engines;
    } catch (error) {
      this.#problem = messageOf(error);
    }
    this.#changed.fire();
  }

  async #measure(key: string, engine: string, settings: TrainingSettings): Promise<void> {
    try {
      const runner = await this.#runner;
      const { stepsPerSecond, evaluationSeconds, ...by } = await runner.ask('measure', {
        engine,
        settings,
      });
      const measured = { engine: by.engine, device: by.device, stepsPerSecond, evaluationSeconds };
      const kept = { ...this.#kept, [key]: measured };
      await this.#context.globalState.update(measuredKey, kept);
    } catch {
      this.#asked.set(key, 'failed');
    }
    this.#changed.fire();
  }

  get #kept(): Kept {
    return this.#context.globalState.get<Kept>(measuredKey, {});
  }

  /** What the speed depends on: another version of the extension may be faster. */
  #keyOf(engine: string, { batchSize, testExamples, optimizer }: TrainingSettings): string {
    const { version } = this.#context.extension.packageJSON as { readonly version: string };
    const machine = `${hostname()} ${cpus()[0]?.model ?? ''} ${cpus().length}`;
    const clips = optimizer.clipByGlobalNorm !== null;
    return [version, machine, engine, batchSize, testExamples, optimizer.name, clips].join('|');
  }
}

/** Seconds that a plan takes. */
export function expectedSeconds(plan: ComparisonPlan, measured: Measured): number {
  const runs = runCount(plan);
  const training = (runs * stepsOf(plan.settings)) / measured.stepsPerSecond;
  return training + runs * plan.settings.epochs * measured.evaluationSeconds;
}

/** What a plan would do, apart from the time: `3 schedules, 10 epochs`. */
export function planText(plan: ComparisonPlan): string {
  const { chosen, settings, choices } = plan;
  const seeds = choices.seeds ?? 1;
  return [
    counted(chosen.length, 'schedule'),
    ...(seeds > 1 ? [`${seeds} seeds`] : []),
    counted(settings.epochs, 'epoch'),
    optimizerNames(plan).join(' and '),
  ].join(', ');
}
