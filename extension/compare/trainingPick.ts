import { QuickPickItemKind, window, type QuickPick, type QuickPickItem } from 'vscode';
import { counted } from '../../schedules/checking/figures.ts';
import { trainingProblem } from '../../schedules/comparing/training.ts';
import { Disposable } from '../dispose.ts';
import { optimizerNames, type ComparisonPlan } from './comparisonPlan.ts';
import { aboutTime } from './figures.ts';
import { expectedSeconds, planText, type Measurements } from './measurements.ts';

/** What the first item does, and what the others change. */
export type TrainingItem =
  | 'start'
  | 'schedules'
  | 'engine'
  | 'optimizer'
  | 'epochs'
  | 'batchSize'
  | 'seeds'
  | 'shuffle'
  | 'images'
  | 'parallel'
  | 'fresh';

interface Item extends QuickPickItem {
  readonly does?: TrainingItem;
}

/**
 * Shows how a comparison would be trained: Enter starts it, every other item changes something.
 *
 * @returns undefined where the user thinks better of it.
 */
export function pickTraining(
  plan: ComparisonPlan,
  measurements: Measurements,
): Promise<TrainingItem | undefined> {
  return new Promise((resolve) => {
    const pick = new TrainingPick(plan, measurements, (picked) => {
      pick.dispose();
      resolve(picked);
    });
  });
}

class TrainingPick extends Disposable {
  readonly #pick: QuickPick<Item> = this._register(window.createQuickPick<Item>());

  constructor(
    plan: ComparisonPlan,
    measurements: Measurements,
    onDone: (picked: TrainingItem | undefined) => void,
  ) {
    super();
    const pick = this.#pick;
    pick.title = 'Compare Schedules';
    pick.placeholder = 'Enter starts; the other items change how it is trained';
    pick.ignoreFocusOut = true;
    pick.keepScrollPosition = true;
    const show = (at: TrainingItem | undefined): void => {
      pick.items = itemsOf(plan, measurements);
      pick.activeItems = pick.items.filter(({ does }) => does === at);
      pick.busy = measurements.of(plan) === 'measuring';
    };
    this._register(
      measurements.onDidChange(() => {
        show(pick.activeItems[0]?.does);
      }),
    );
    this._register(
      pick.onDidAccept(() => {
        const does = pick.activeItems[0]?.does;
        if (does) onDone(does);
      }),
    );
    this._register(
      pick.onDidHide(() => {
        onDone(undefined);
      }),
    );
    show('start');
    pick.show();
  }
}

function itemsOf(plan: ComparisonPlan, measurements: Measurements): readonly Item[] {
  const { settings, choices, chosen } = plan;
  const { epochs, batchSize, trainExamples, testExamples, shuffle } = settings;
  const { seeds = 1, parallel, fresh = false } = choices;
  const item = (does: TrainingItem, icon: string, label: string, description?: string): Item => ({
    does,
    label: `$(${icon}) ${label}`,
    ...(description !== undefined && { description }),
  });
  const names = chosen.map(({ name }) => name);
  return [
    startItem(plan, measurements),
    { label: 'change', kind: QuickPickItemKind.Separator },
    item('schedules', 'graph-line', `Schedules: ${shortList(names)}`),
    item(
      'engine',
      'server-process',
      `Engine: ${choices.engine ?? 'the best that works'}`,
      engineText(plan, measurements),
    ),
    item(
      'optimizer',
      'settings',
      `Optimizer: ${optimizerNames(plan).join(' and ')}`,
      optimizerText(plan),
    ),
    item('epochs', 'history', `Epochs: ${epochs}`),
    item('batchSize', 'layers', `Batch size: ${batchSize}`),
    item(
      'images',
      'file-media',
      `Images: ${trainExamples} to train on, ${testExamples} to test on`,
    ),
    item(
      'seeds',
      'symbol-number',
      `Seeds: ${seeds}`,
      seeds === 1
        ? 'more tell schedules from chance'
        : 'each schedule from as many starting weights',
    ),
    item('shuffle', 'arrow-swap', `Batches: ${shuffle ? 'shuffled' : 'in file order'}`),
    item('parallel', 'split-horizontal', `At a time: ${parallel ?? 'as many as pay off'}`),
    item('fresh', 'references', fresh ? 'Train everything' : 'Reuse what was trained before'),
  ];
}

function startItem(plan: ComparisonPlan, measurements: Measurements): Item {
  const { problem } = measurements;
  const wrong = planProblem(plan);
  if (problem !== undefined || wrong !== undefined) {
    const why = problem ?? wrong ?? '';
    return { label: '$(error) This cannot be trained', detail: why, alwaysShow: true };
  }
  const measured = measurements.of(plan);
  const time =
    measured === 'measuring'
      ? 'measuring the time'
      : measured === 'failed'
        ? undefined
        : `${measured.engine} on ${measured.device}, ${aboutTime(expectedSeconds(plan, measured))}`;
  const label = ['$(play) Start: ' + planText(plan), ...(time === undefined ? [] : [time])].join(
    ', ',
  );
  return { does: 'start', label, alwaysShow: true };
}

/** Why a plan cannot be trained, as a sentence. */
export function planProblem({ chosen, settings, choices }: ComparisonPlan): string | undefined {
  if (chosen.length === 0) return 'No schedule is chosen.';
  const problem = trainingProblem(settings, choices.seeds);
  if (!problem) return undefined;
  const what = {
    trainExamples: 'The number of training images',
    testExamples: 'The number of test images',
    batchSize: 'A batch of',
    seed: 'The last seed',
  }[problem.setting];
  return `${what} ${problem.value} ${problem.message}.`;
}

const mostNames = 4;

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}

function engineText({ choices }: ComparisonPlan, { engines }: Measurements): string {
  if (!engines) return 'looking at what there is';
  const wanted = engines.find(({ name }) => name === choices.engine);
  if (wanted) return wanted.device ?? wanted.what;
  const ready = engines.filter(({ isReady }) => isReady).map(({ name }) => name);
  return `${ready.join(' and ')} ${ready.length === 1 ? 'works' : 'work'} here`;
}

function optimizerText(plan: ComparisonPlan): string {
  const { choices, otherOptimizers, reducedOptimizers, settings } = plan;
  if (choices.optimizer !== undefined) return 'for all, by Optax’s defaults';
  if (otherOptimizers.length > 0) {
    return `in place of ${otherOptimizers.join(' and ')}, which comparisons have not`;
  }
  if (reducedOptimizers.length > 0) return `as in the code, but ${reducedOptimizers.join(' and ')}`;
  return settings.optimizer.clipByGlobalNorm === null
    ? 'as in the code'
    : `as in the code, clipped to ${counted(settings.optimizer.clipByGlobalNorm, 'norm')}`;
}
