import { html, nothing, type TemplateResult } from 'lit-html';
import { counted, durationText } from '../shared/figures.ts';
import { icon, type Icon } from '../shared/icons.ts';
import { menu, type MenuItem } from '../shared/menu.ts';
import type { CompareExport } from './messages.ts';
import type { Act, Surroundings } from './page.ts';
import type { Projection } from './projection.ts';
import { steeringOf } from './steering.ts';

/** What is compared, how far it is, and what can be done with all of it. */
export function header(
  projection: Projection,
  act: Act,
  surroundings: Surroundings,
): TemplateResult {
  const { comparison } = projection;
  const { title, notice, status, progress } = comparison;
  return html`<header class="header">
    <h1>${title}</h1>
    <div class="actions">
      ${steeringButtons(projection, act, surroundings)} ${exportMenu(projection, act, surroundings)}
    </div>
    <p class="standing">${standingText(projection)}</p>
    ${
      status === 'completed' || status === 'opened'
        ? nothing
        : html`<progress
            class="overall"
            aria-label="Progress of the comparison"
            max="1"
            .value=${share(progress)}
          ></progress>`
    }
    ${notice === null ? nothing : noticeLine(notice, status === 'starting' || status === 'reading')}
  </header>`;
}

/** What it does before it trains, or what went wrong. */
const noticeLine = (notice: string, isPreparing: boolean): TemplateResult =>
  isPreparing
    ? html`<p class="hint preparing">${icon('wait')}<span>${notice}</span></p>`
    : html`<p class="notice">${icon('warning')}<span>${notice}</span></p>`;

/** A progress that can be shown: hostile ones are none. */
export function share(progress: number): number {
  return progress >= 0 && progress <= 1 ? progress : 0;
}

const statusText: Readonly<Record<Projection['comparison']['status'], string>> = {
  reading: 'Reading',
  starting: 'Starting',
  training: 'Training',
  paused: 'Paused',
  stopping: 'Stopping',
  stopped: 'Stopped',
  completed: 'Completed',
  failed: 'Failed',
  opened: 'Opened to look at',
  elsewhere: 'Training elsewhere',
};

/** `Training · 42 % · 3 min 05 s so far · about 4 min left · wasm (CPU, 2 cores)` */
export function standingText({ comparison, runs }: Projection): string {
  const { status, progress, seconds, secondsLeft, engine, device, settings } = comparison;
  const isOver = status === 'completed' || status === 'opened';
  const done = runs.filter((run) => run.condition.kind === 'done').length;
  return [
    statusText[status],
    `${done} of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'} done`,
    ...(isOver ? [] : [`${Math.floor(100 * share(progress))} %`]),
    ...(seconds > 0 ? [durationText(seconds)] : []),
    ...(secondsLeft === null ? [] : [`about ${durationText(secondsLeft)} left`]),
    ...(engine === '' ? [] : [`${engine} (${device})`]),
    ...(settings === null
      ? []
      : [
          `${settings.optimizer.name}, batches of ${settings.batchSize}, ${counted(settings.epochs, 'epoch')}`,
        ]),
  ].join(' · ');
}

function steeringButtons(
  { comparison }: Projection,
  act: Act,
  surroundings: Surroundings,
): readonly (TemplateResult | typeof nothing)[] {
  const { pause, stop, goOn } = steeringOf(comparison.status, surroundings);
  const button = (label: string, sign: Icon, choose: () => void): TemplateResult =>
    html`<vscode-button appearance="secondary" @click=${choose}
      >${label}${icon(sign, 'start')}</vscode-button
    >`;
  return [
    goOn
      ? button('Go On', 'play', () => {
          act.send({ type: 'continue', run: null });
        })
      : nothing,
    pause
      ? button('Pause', 'pause', () => {
          act.send({ type: 'pause' });
        })
      : nothing,
    stop
      ? button('Stop', 'stop', () => {
          act.send({ type: 'stop', run: null });
        })
      : nothing,
  ];
}

const formats: readonly (readonly [CompareExport, string])[] = [
  ['html', 'HTML Report in One File'],
  ['md', 'Markdown Table'],
  ['csv', 'CSV, Each Epoch'],
  ['json', 'JSON, All Figures'],
  ['svg', 'SVG Pictures of the Charts'],
  ['tensorboard', 'TensorBoard Event Files'],
  ['link', 'Link to the Plan'],
];

function exportMenu(
  { isMenuOpen, view }: Projection,
  act: Act,
  surroundings: Surroundings,
): TemplateResult {
  const picture: MenuItem = {
    label: 'PNG Picture of the Charts',
    obstacle: view.showsTable ? 'The charts are not shown: turn off the table first.' : null,
    choose: () => {
      act.savePicture();
    },
  };
  const items = formats.map(([format, label]): MenuItem => ({
    label,
    choose: () => {
      act.send({ type: 'export', format });
    },
  }));
  return menu({
    label: 'Export',
    purpose: 'Export the comparison as',
    title: null,
    items: surroundings.type === 'report' ? [picture] : [...items, picture],
    isOpen: isMenuOpen,
    isDisabled: false,
    turn: (isOpen) => {
      act.change({ isMenuOpen: isOpen });
    },
  });
}
