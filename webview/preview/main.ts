import { render } from 'lit-html';
import type { FromPreview, SavedPreview, SentState, ToPreview } from '../messages.ts';
import { createAnnouncer } from '../shared/announcer.ts';
import { drawing } from '../shared/frames.ts';
import { connect } from '../shared/messaging.ts';
import { currentTheme, onThemeChange } from '../shared/theme.ts';
import { defineControls } from '../shared/toolkit.ts';
import { sentenceOf } from './announcements.ts';
import { argumentChanges } from './argumentChanges.ts';
import { chartPicture } from './chart/chartPicture.ts';
import { drawnChart } from './chart/drawnChart.ts';
import { isSavedPreview, isToPreview } from './messageChecks.ts';
import type { Act, Page } from './page.ts';
import { createPlot } from './plot/plot.ts';
import { preview } from './preview.ts';
import { project, type Projection } from './projection.ts';
import { questions } from './questions.ts';
import { settled, wholeState, withSaid, withSamples, withState } from './receiving.ts';
import { restoredView } from './view.ts';

defineControls();

const host = connect<ToPreview, FromPreview, SavedPreview>(isToPreview, receive);
const ask = questions(host.send);
const announcer = createAnnouncer();
const root = document.createElement('main');
document.body.append(root, announcer.element);

let view = restoredView(isSavedPreview(host.saved) ? host.saved.view : undefined);
let page: Page | undefined;
let theme = currentTheme();
/** What is on the screen. */
let shown: Projection | undefined;
/** Whether the chart is to be drawn again, though it shows the same. */
let isOutdated = false;
/** The last state that was on the screen, and since when, in milliseconds since 1970. */
let told = { revision: 0, drawnAt: 0 };

const frames = drawing(draw, tellDrawn);

const act: Act = {
  send(message) {
    host.send(message);
    if (page) show(withSaid(page, message));
  },
  setArgument: argumentChanges(host.send),
  look(change) {
    view = { ...view, ...(typeof change === 'function' ? change(view) : change) };
    if (page) show({ ...page, view });
  },
  change(part) {
    if (page) show({ ...page, ...part });
  },
};

const plot = createPlot(latest, act, redraw);
onThemeChange(redraw);
host.send({ type: 'ready' });

function latest(): Projection | undefined {
  return page && project(page, theme.palette);
}

function show(next: Page): void {
  page = settled(next);
  frames.soon();
}

function redraw(): void {
  theme = currentTheme();
  isOutdated = true;
  frames.soon();
}

function receive(message: ToPreview): void {
  if (message.type === 'state') {
    receiveState(message);
    return;
  }
  if (!page) return;
  switch (message.type) {
    case 'active':
      show({ ...page, state: { ...page.state, active: message.active } });
      return;
    case 'samples':
      if (ask.isAnswer(message)) show(withSamples(page, message));
      return;
    case 'rates':
      show({ ...page, answered: ask.answered(message) ?? page.answered });
      return;
    case 'inspect':
      inspect(message.request);
  }
}

function receiveState(sent: SentState): void {
  const state = wholeState(page?.state, sent);
  if (!state) {
    host.send({ type: 'ready' });
    return;
  }
  page = settled(withState(page, state, view));
  frames.now();
}

function draw(): void {
  const before = shown;
  const now = latest();
  if (!now) return;
  shown = now;
  render(preview(now, theme.palette, plot.element, act, savePicture), root);
  if (plot.element.isConnected) {
    const hasChanged = isOutdated || !before || !hasSameChart(before, now);
    isOutdated = false;
    plot.draw(now, theme, hasChanged);
  }
  ask.ask(now, plot.chart.width);
  announcer.hear(sentenceOf(now));
  const { uri, isLocked } = now.state;
  if (before?.view !== now.view || before.state.uri !== uri || before.state.isLocked !== isLocked) {
    host.save({ uri, isLocked, view: now.view });
  }
}

function tellDrawn(): void {
  const revision = shown?.state.revision ?? 0;
  if (revision === told.revision) return;
  told = { revision, drawnAt: performance.timeOrigin + performance.now() };
  host.send({ type: 'drawn', revision });
}

function hasSameChart(a: Projection, b: Projection): boolean {
  return (
    a.state === b.state &&
    a.view === b.view &&
    a.curves === b.curves &&
    a.drag?.extremes === b.drag?.extremes
  );
}

function inspect(request: number): void {
  draw();
  if (!shown) return;
  host.send({ type: 'inspected', request, chart: drawnChart(plot.chart, shown, told.drawnAt) });
}

function savePicture(): void {
  if (!shown) return;
  void chartPicture(plot.chart, shown, theme).then((png) => {
    host.send({ type: 'savePicture', png });
  });
}
