import { window, type QuickPickItem } from 'vscode';
import {
  fashionMnistExamples,
  fashionMnistTestExamples,
} from '../../schedules/reading/trainingSteps.ts';
import { optimizers } from '../../schedules/optax/optimizers.ts';
import type { ComparisonChoices, ComparisonPlan } from './comparisonPlan.ts';
import type { Measurements } from './measurements.ts';
import { pickSchedules } from './schedulePick.ts';
import type { TrainingItem } from './trainingPick.ts';

/** Asks for another value of something; choices as they were where the user thinks better of it. */
export async function changedChoices(
  item: Exclude<TrainingItem, 'start'>,
  plan: ComparisonPlan,
  measurements: Measurements,
): Promise<ComparisonChoices> {
  const { choices, settings } = plan;
  switch (item) {
    case 'schedules': {
      const schedules = await pickSchedules(plan);
      return schedules ? { ...choices, schedules } : choices;
    }
    case 'engine':
      return { ...choices, ...(await pickEngine(measurements)) };
    case 'optimizer':
      return pickOptimizer(choices);
    case 'epochs': {
      const epochs = await askCount('Epochs', settings.epochs);
      return { ...choices, ...(epochs !== undefined && { epochs }) };
    }
    case 'batchSize': {
      const batchSize = await askCount('Images in a batch', settings.batchSize);
      return { ...choices, ...(batchSize !== undefined && { batchSize }) };
    }
    case 'images': {
      const trainExamples = await askCount(
        'Images to train on',
        settings.trainExamples,
        fashionMnistExamples,
      );
      const testExamples =
        trainExamples &&
        (await askCount('Images to test on', settings.testExamples, fashionMnistTestExamples));
      return testExamples ? { ...choices, trainExamples, testExamples } : choices;
    }
    case 'seeds': {
      const seeds = await askCount('Times that each schedule is trained', choices.seeds ?? 1, 1000);
      return { ...choices, ...(seeds !== undefined && { seeds }) };
    }
    case 'parallel': {
      const parallel = await askCount('Runs that train at a time', choices.parallel ?? 1, 64);
      return { ...choices, ...(parallel !== undefined && { parallel }) };
    }
    case 'shuffle':
      return { ...choices, shuffle: !settings.shuffle };
    case 'fresh':
      return { ...choices, fresh: !choices.fresh };
  }
}

async function askCount(title: string, value: number, most = 10_000_000) {
  const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 1 && n <= most;
  const text = await window.showInputBox({
    title,
    value: String(value),
    ignoreFocusOut: true,
    validateInput: (input) =>
      isCount(Number(input)) ? undefined : `A whole number from 1 to ${most}.`,
  });
  return text === undefined ? undefined : Number(text);
}

const best = 'the best that works';

async function pickEngine({ engines = [] }: Measurements) {
  const items: (QuickPickItem & { readonly engine?: string })[] = [
    {
      label: best,
      detail: 'tensorflow on a GPU, webgpu on a real one, tensorflow, wasm: the first.',
    },
    ...engines.map(({ name, isReady, device, what }) => ({
      label: isReady ? name : `$(circle-slash) ${name}`,
      description: isReady ? (device ?? '') : 'missing',
      detail: what,
      ...(isReady && { engine: name }),
    })),
  ];
  const picked = await window.showQuickPick(items, { title: 'Engine', ignoreFocusOut: true });
  if (picked?.label === best) return { engine: 'auto' };
  return picked?.engine === undefined ? {} : { engine: picked.engine };
}

const fromCode = 'as in the code';

async function pickOptimizer(choices: ComparisonChoices): Promise<ComparisonChoices> {
  const items = [
    { label: fromCode, detail: 'Each schedule with the optimizer that is given it; else sgd.' },
    ...optimizers.map(({ name, summary }) => ({ label: name, detail: summary })),
  ];
  const title = 'Optimizer of All Runs';
  const picked = await window.showQuickPick(items, { title, ignoreFocusOut: true });
  if (!picked) return choices;
  return {
    ...withoutOptimizer(choices),
    ...(picked.label !== fromCode && { optimizer: picked.label }),
  };
}

function withoutOptimizer({ optimizer: _, ...others }: ComparisonChoices): ComparisonChoices {
  return others;
}
