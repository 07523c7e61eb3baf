import { curveOf, previewSchedules, previewTraining } from '../../../extension/preview/state.ts';
import type { ScheduleText } from '../../../schedules/language/scheduleText.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import {
  isFromPreview,
  type DrawnChart,
  type FromPreview,
  type PreviewState,
  type SentState,
  type ToPreview,
} from '../../../webview/messages.ts';
import { hostedPages, type HostedPage } from './pageHost.ts';
import type { WebviewOptions } from './webview.ts';

/** A preview page, hosted as the extension does. */
export interface Preview extends HostedPage<FromPreview, ToPreview> {
  /** Sends a state and waits until it is drawn. */
  readonly show: (state: SentState) => Promise<void>;
  readonly chart: () => Promise<DrawnChart>;
}

let revision = 0;

/** The state of a page for a text, as the extension builds it. */
export function stateOf(
  text: string,
  options: Partial<PreviewState> & { readonly settings?: Readonly<Record<string, string>> } = {},
): PreviewState {
  const { settings = {}, file = 'train.py', ...others } = options;
  const source = sourceOf(file, text, settings);
  const names = source.read.definitions.map(({ name }) => name);
  return {
    type: 'state',
    revision: ++revision,
    file,
    uri: `file:///project/${file}`,
    isLocked: false,
    stale: null,
    schedules: previewSchedules({
      ...source,
      colorOf: (name) => names.indexOf(name),
      isBound: (name) => Object.hasOwn(settings, name),
    }),
    active: names[0] ?? null,
    training: previewTraining(source),
    whatIf: { epochs: null, batchSize: null },
    ...others,
  };
}

export function sourceOf(
  file: string,
  text: string,
  settings: Readonly<Record<string, string>> = {},
): ScheduleText {
  const kind = file.endsWith('.json') ? 'json' : 'python';
  return { kind, text, read: readSchedules(file, text, settings, { longest: 10_000 }) };
}

/** Previews for the tests of a `describe`: one browser, a page for each test. */
export function previewsForTests(): {
  readonly open: (options?: WebviewOptions & { readonly text?: string }) => Promise<Preview>;
} {
  const openHosted = hostedPages<FromPreview, ToPreview>();
  return {
    async open({ text, ...options } = {}) {
      const answer = answers(text ?? '');
      const hosting = { page: 'preview', isSaid: isFromPreview, answer } as const;
      const preview = previewPage(await openHosted(hosting, options));
      if (text !== undefined) await preview.show(stateOf(text));
      return preview;
    },
  };
}

function previewPage(page: HostedPage<FromPreview, ToPreview>): Preview {
  let requests = 0;
  return {
    ...page,
    async show(state) {
      await page.post(state);
      const isDrawn = () => page.said('drawn').find((one) => one.revision === state.revision);
      await page.until(isDrawn, 'draw the state');
    },
    async chart() {
      const request = ++requests;
      await page.post({ type: 'inspect', request });
      const isAnswer = () => page.said('inspected').find((one) => one.request === request);
      return (await page.until(isAnswer, 'tell what its chart holds')).chart;
    },
  };
}

/** Answers the questions of a page about a text's schedules, as the extension does. */
function answers(text: string): (message: FromPreview) => ToPreview | undefined {
  const schedules = sourceOf('train.py', text).read.definitions.flatMap(({ name, schedule }) =>
    schedule ? [{ name, schedule }] : [],
  );
  return (message) => {
    if (message.type === 'sample') {
      const { request, columns, from, to } = message;
      const wanted = schedules.filter(({ name }) => message.schedules.includes(name));
      const curves = wanted.map(
        ({ name, schedule }) => [name, curveOf(schedule, { from, to }, columns)] as const,
      );
      return { type: 'samples', request, curves: Object.fromEntries(curves) };
    }
    if (message.type === 'evaluate') {
      const { request, steps } = message;
      const rates = schedules.map(
        ({ name, schedule: { schedule } }) => [name, Float64Array.from(steps, schedule)] as const,
      );
      return { type: 'rates', request, rates: Object.fromEntries(rates) };
    }
    return undefined;
  };
}
