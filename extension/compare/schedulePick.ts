import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { stepsOf } from '../../schedules/comparing/training.ts';
import { sparkline } from '../../schedules/drawing/sparkline.ts';
import { assumptionTitle, ratesTitle } from '../../schedules/language/lenses.ts';
import type { Candidate, ComparisonPlan } from './comparisonPlan.ts';

/** Blocks of a curve in a line. */
const columns = 24;

interface ScheduleItem extends QuickPickItem {
  /** Undefined of a heading. */
  readonly name?: string;
}

/** Asks which schedules to compare; undefined where the user thinks better of it. */
export async function pickSchedules(
  { candidates, chosen, settings }: ComparisonPlan,
  ticked: readonly string[] = chosen.map(({ name }) => name),
): Promise<readonly string[] | undefined> {
  const steps = stepsOf(settings);
  const itemOf = (candidate: Candidate): ScheduleItem => ({
    name: candidate.name,
    label: candidate.name,
    description: ratesTitle(candidate.schedule, steps),
    detail: detailOf(candidate, steps),
    picked: ticked.includes(candidate.name),
  });
  const used = candidates.filter(({ isUsed }) => isUsed).map(itemOf);
  const unused = candidates.filter(({ isUsed }) => !isUsed).map(itemOf);
  const heading = { label: 'given to no optimizer', kind: QuickPickItemKind.Separator };
  const picked = await window.showQuickPick<ScheduleItem>(
    unused.length > 0 ? [...used, heading, ...unused] : used,
    {
      title: 'Compare Schedules',
      placeHolder: 'Schedules to train under',
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  return picked?.flatMap(({ name }) => name ?? []);
}

function detailOf(
  { schedule, function: f, optimizer, assumptions }: Candidate,
  steps: number,
): string {
  return [
    sparkline(schedule.schedule, steps, columns),
    f,
    ...(optimizer ? [optimizer.name] : []),
    ...assumptions.map(assumptionTitle),
  ].join(' · ');
}
