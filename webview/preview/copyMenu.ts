import type { TemplateResult } from 'lit-html';
import type { CopyFormat } from '../messages.ts';
import { menu } from '../shared/menu.ts';
import { counted } from '../shared/figures.ts';
import type { Act } from './page.ts';
import type { Projection, ShownSchedule } from './projection.ts';

const formats: readonly (readonly [CopyFormat, string])[] = [
  ['optax', 'Optax Code'],
  ['json', 'JSON for a *.schedules.json'],
  ['csv', 'CSV, the Rate of Each Step'],
  ['svg', 'SVG Picture'],
];

/** The menu of the forms that schedules can be copied in. */
export function copyMenu(
  projection: Projection,
  act: Act,
  savePicture: () => void,
): TemplateResult {
  const chosen = copied(projection);
  const copy = (format: CopyFormat): void => {
    act.send({ type: 'copy', schedules: chosen.map(({ name }) => name), format });
  };
  const isChartShown = projection.view.shows === 'chart';
  const obstacle = isChartShown ? null : 'The chart is not shown: go back to it first.';
  return menu({
    label: 'Copy As',
    purpose: `Copy ${nameOf(chosen)} as`,
    title: nameOf(chosen),
    items: [
      ...formats.map(([format, label]) => ({
        label,
        choose: () => {
          copy(format);
        },
      })),
      { label: 'PNG Picture of the Chart', obstacle, choose: savePicture },
    ],
    isOpen: projection.isMenuOpen,
    isDisabled: chosen.length === 0,
    turn: (isMenuOpen) => {
      act.change({ isMenuOpen });
    },
  });
}

/** The ticked schedules, else the active one, else all. */
function copied({ schedules, active }: Projection): readonly ShownSchedule[] {
  const possible = schedules.filter(({ refused }) => refused === null);
  const ticked = possible.filter(({ isTicked }) => isTicked);
  if (ticked.length > 0) return ticked;
  return active?.refused === null ? [active] : possible;
}

function nameOf(chosen: readonly ShownSchedule[]): string {
  const [only, ...others] = chosen;
  return only && others.length === 0 ? only.name : counted(chosen.length, 'schedule');
}
