import assert from 'node:assert/strict';
import { commands, MarkdownString, type Hover, type TextDocument } from 'vscode';
import { elementsOf, parseXml, textOf } from '../../support/xml.ts';
import { anneal, file, notebook, rangeOf, readOnly, replace, set, untitled } from '../documents.ts';

interface Shown {
  readonly markdown: string;
  /** The labels in the picture. */
  readonly labels: readonly string[];
  /** The text that the hover is about. */
  readonly about: string;
  readonly trusted: MarkdownString['isTrusted'];
}

/** Anneal's hovers at the beginning of the first occurrence of a text; others may have some too. */
async function hoversAt(document: TextDocument, text: string): Promise<readonly Shown[]> {
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    rangeOf(document, text).start,
  );
  return hovers.flatMap(({ contents, range }): readonly Shown[] => {
    const [content] = contents;
    // JSON's own hovers tell of the schema.
    if (!(content instanceof MarkdownString) || !content.value.startsWith('**')) return [];
    const markdown = content.value;
    const about = document.getText(range);
    return [{ markdown, labels: labelsIn(markdown), about, trusted: content.isTrusted }];
  });
}

function labelsIn(markdown: string): readonly string[] {
  const [, data] = /\(data:image\/svg\+xml;base64,([\w+/=]+)\)/.exec(markdown) ?? [];
  if (data === undefined) return [];
  return elementsOf(parseXml(Buffer.from(data, 'base64').toString()), 'text').map(textOf);
}

async function hoverAt(document: TextDocument, text: string): Promise<Shown> {
  const [hover, ...others] = await hoversAt(document, text);
  assert.ok(hover, `there is a hover at ${text}`);
  assert.deepEqual(others, []);
  return hover;
}

const cosine = 'import optax\nrate = optax.cosine_decay_schedule(0.1, 100)\n';

describe('Hovers', () => {
  before(anneal);

  it('show the curve of a schedule, its facts, and what the picture shows in words', async () => {
    const { markdown, labels, about } = await hoverAt(await untitled(cosine), 'rate');
    assert.match(markdown, /^\*\*`rate`\*\* · `cosine_decay_schedule`\n\n!\[Learning rate of rate/);
    assert.match(markdown, /\n\nstart 0\.1 · end 0 · 100 steps/);
    for (const label of ['0.10', '0', '100', 'step', 'decay']) assert.ok(labels.includes(label));
    assert.equal(about, 'rate');
    assert.ok(markdown.length < 10_000, `${markdown.length}`);
  });

  it('lead to the preview and to a comparison, and to nothing else', async () => {
    const document = await untitled(cosine);
    const { markdown, trusted } = await hoverAt(document, 'rate');
    const known = new Set(await commands.getCommands());
    const links = [...markdown.matchAll(/\(command:([\w.]+)\?([^)]*)\)/g)];
    assert.ok(links.length > 0);
    for (const [, command = '', place = ''] of links) {
      assert.ok(known.has(command), command);
      const given: unknown = JSON.parse(decodeURIComponent(place));
      assert.deepEqual(given, [document.uri.toString(), 'rate']);
    }
    const enabledCommands = links.map(([, command = '']) => command);
    assert.deepEqual(trusted, { enabledCommands });
  });

  it('follow what is typed, finished or not', async () => {
    const document = await untitled(cosine);
    await replace(document, '100)', '250, alpha=');
    const { labels, about, markdown } = await hoverAt(document, '250');
    assert.match(markdown, /`decay_steps = 250`\*\* · steps · required/);
    assert.deepEqual([about, labels.includes('125'), labels.includes('500')], ['250', true, true]);
  });

  it('are right beside characters of two units, tabs, and other line ends', async () => {
    const document = await untitled(
      'import optax\r\n"""🚀 全角"""; rate = optax.piecewise_constant_schedule(1.0,\r\n\t{"🚀": 1, 50: 0.1}[50] or {50: 0.1})\r\noptax.sgd(rate)\r\n',
    );
    assert.equal((await hoverAt(document, 'rate = ')).about, 'rate');
    assert.equal((await hoverAt(document, 'rate)')).about, 'rate');
  });

  it('are shown in cells of a notebook, with what cells before give', async () => {
    const cells = await notebook('import optax\nn = 30', 'a = optax.linear_schedule(1, 0, n)');
    const { markdown, about } = await hoverAt(cells.cellAt(1).document, 'n)');
    assert.match(markdown, /`transition_steps = 30`\*\* · steps/);
    assert.equal(about, 'n');
    assert.deepEqual(await hoversAt(cells.cellAt(0).document, 'n = '), []);
  });

  it('are shown in files of schedules', async () => {
    const document = await file(
      'hovers.schedules.json',
      '{"schedules": [{"name": "a", "function": "linear_schedule", "args": {"init_value": 1, "end_value": 0.5, "transition_steps": 10}}]}',
    );
    assert.match((await hoverAt(document, '"linear_')).markdown, /start 1 · end 0\.5 · 10 steps/);
    const { markdown } = await hoverAt(document, '0.5');
    assert.match(markdown, /`end_value = 0.5`\*\* · learning rate/);
  });

  it('are shown of files that cannot be changed', async () => {
    const document = await readOnly('hovers.py', cosine);
    assert.equal((await hoverAt(document, 'rate')).about, 'rate');
  });

  it('are shown nowhere else', async () => {
    const document = await untitled(`${cosine}# rate\nother = 3\n`);
    assert.deepEqual(await hoversAt(document, 'other'), []);
    assert.deepEqual(await hoversAt(document, '# rate'), []);
    const plain = await untitled('rate = cosine_decay_schedule(0.1, 100)\n');
    assert.deepEqual(await hoversAt(plain, 'rate'), []);
  });

  it('can be switched off', async () => {
    const document = await untitled(cosine);
    await set('hover.enabled', false);
    try {
      assert.deepEqual(await hoversAt(document, 'rate'), []);
    } finally {
      await set('hover.enabled', undefined);
    }
    assert.equal((await hoversAt(document, 'rate')).length, 1);
  });
});
