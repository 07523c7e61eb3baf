import { render } from 'lit-html';
import { createAnnouncer } from '../shared/announcer.ts';
import { atNextFrame } from '../shared/frames.ts';
import { connect } from '../shared/messaging.ts';
import { currentTheme, onThemeChange, type Theme } from '../shared/theme.ts';
import { defineControls } from '../shared/toolkit.ts';
import { sentenceOf } from './announcements.ts';
import { createCharts } from './charts/charts.ts';
import { chartsPicture } from './charts/chartsPicture.ts';
import { drawnComparison } from './charts/drawnComparison.ts';
import { compare } from './compare.ts';
import { isSavedComparison, isToCompare } from './messageChecks.ts';
import type { FromCompare, SavedComparison, ToCompare } from './messages.ts';
import type { Act, Page, Surroundings } from './page.ts';
import { project, type Projection } from './projection.ts';
import { questions } from './questions.ts';
import { readingPictures } from './readingPictures.ts';
import { withChanges, withState } from './receiving.ts';
import { reportHost } from './report/reportHost.ts';
import { restoredView } from './view.ts';

defineControls();

const report = reportHost(receive);
const surroundings: Surroundings = report
  ? { type: 'report', pictured: report.pictured }
  : { type: 'editor' };
const host = report ?? connect<ToCompare, FromCompare, SavedComparison>(isToCompare, receive);
const ask = questions(host.send, surroundings);
const announcer = createAnnouncer();
const root = document.createElement('main');
document.body.append(root, announcer.element);

let view = restoredView(isSavedComparison(host.saved) ? host.saved.view : undefined);
let page: Page | undefined;
let theme = currentTheme();
/** What is on the screen. */
let shown: Projection | undefined;
/** The last state or changes that the host was told are drawn. */
let told = 0;

const drawSoon = atNextFrame(() => {
  draw('in time');
});

const pictures = readingPictures(drawSoon);

const act: Act = {
  send: host.send,
  look(change) {
    view = { ...view, ...(typeof change === 'function' ? change(view) : change) };
    if (page) show({ ...page, view });
  },
  change(part) {
    if (page) show({ ...page, ...part });
  },
  savePicture() {
    if (!shown) return;
    draw('at once');
    void chartsPicture(charts.plots, shown, theme).then((png) => {
      host.send({ type: 'savePicture', png });
    });
  },
};

const charts = createCharts(latest, act, redraw, ({ comparison: { revision } }) => {
  if (revision === told) return;
  told = revision;
  host.send({ type: 'drawn', revision });
});
onThemeChange(redraw);
host.send({ type: 'ready' });

function latest(): Projection | undefined {
  return page && project(page, theme.palette);
}

function show(next: Page): void {
  page = next;
  drawSoon();
}

/** Shows what was told; of a comparison that is read, asks for the rest before that is drawn. */
function showNews(next: Page): void {
  const { status, revision } = next.comparison;
  if (status !== 'reading') {
    pictures.end();
    show(next);
    return;
  }
  page = next;
  told = revision;
  host.send({ type: 'drawn', revision });
  pictures.goOn();
}

function redraw(): void {
  theme = currentTheme();
  drawSoon();
}

function receive(message: ToCompare): void {
  if (message.type === 'state') {
    told = 0;
    pictures.begin();
    showNews(withState(page, message, view));
  }
  if (!page) return;
  switch (message.type) {
    case 'state':
      return;
    case 'changes':
      showNews(withChanges(page, message));
      return;
    case 'results': {
      const comparison = { ...page.comparison, results: message.results };
      show({ ...page, comparison });
      return;
    }
    case 'title':
      show({ ...page, comparison: { ...page.comparison, title: message.title } });
      return;
    case 'predictions':
      if (ask.isAnswer(message)) show({ ...page, predictions: message, refusal: null });
      return;
    case 'images':
      if (ask.isAnswer(message)) show({ ...page, images: message, refusal: null });
      return;
    case 'refused':
      if (ask.isAnswer(message)) show({ ...page, refusal: message.message });
      return;
    case 'inspect': {
      draw('at once');
      if (!shown) return;
      const drawn = drawnComparison(charts.plots, shown);
      host.send({ type: 'inspected', request: message.request, drawn });
    }
  }
}

/** Milliseconds between figures that follow the training: faster ones nobody could read. */
const reading = 100;
let written:
  { readonly projection: Projection; readonly theme: Theme; readonly at: number } | undefined;
let timer = 0;

/** Everything but the charts. */
function write(now: Projection): void {
  const wait = written ? written.at + reading - performance.now() : 0;
  if (wait > 0 && written?.theme === theme && isLookedAtAlike(written.projection, now)) {
    clearTimeout(timer);
    timer = window.setTimeout(drawSoon, wait);
    return;
  }
  written = { projection: now, theme, at: performance.now() };
  render(compare(now, theme, charts.plots, act, surroundings), root);
  ask.ask(now);
  announcer.hear(sentenceOf(now));
}

/** Whether nothing but the training went on. */
function isLookedAtAlike(a: Projection, b: Projection): boolean {
  return (
    a.view === b.view &&
    a.crosshair === b.crosshair &&
    a.pointed === b.pointed &&
    a.isMenuOpen === b.isMenuOpen &&
    a.predictions === b.predictions &&
    a.images === b.images &&
    a.refusal === b.refusal &&
    a.comparison.status === b.comparison.status &&
    a.comparison.results === b.comparison.results
  );
}

function draw(how: 'at once' | 'in time'): void {
  const before = shown;
  const now = latest();
  if (!now) return;
  shown = now;
  write(now);
  if (how === 'at once' || pictures.haveCharts) charts.draw(now, theme, how);
  const { folder } = now.comparison;
  if (before?.view !== now.view || before.comparison.folder !== folder) {
    host.save({ folder, view: now.view });
  }
}
