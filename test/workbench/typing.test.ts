import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  acceptCompletion,
  applyQuickFix,
  focusedEditor,
  hoverAtCursor,
  underlined,
} from '../support/vscode/editor.ts';
import { editCell, openNotebook } from '../support/vscode/notebook.ts';
import { openFile } from '../support/vscode/quickInput.ts';
import { workbenchForTests } from '../support/vscode/workbench.ts';

/** Where somebody types a schedule, and how it is written there. */
interface Kind {
  readonly title: string;
  readonly file: string;
  readonly content: string;
  open(page: Page): Promise<void>;
  /** A schedule with an argument that Optax does not have. */
  readonly wrong: string;
  readonly fix: string;
  readonly mended: string;
  /** What is typed before a completion, its row, and what stands there then. */
  readonly begun: string;
  readonly completion: string;
  readonly completed: string;
}

const python = {
  wrong: '\nlr = optax.cosine_decay_schedule(1e-3, decay_step=100)',
  fix: "Change to 'decay_steps'",
  mended: 'decay_steps=100',
  begun: '\nwarm = optax.warmup_cos',
  completion: 'warmup_cosine_decay_schedule(',
  completed: 'warmup_cosine_decay_schedule(init_value=',
};

const kinds: readonly Kind[] = [
  {
    title: 'a Python file',
    file: 'typed.py',
    content: 'import optax\n',
    async open(page) {
      await openFile(page, this.file);
      await focusedEditor(page).waitFor();
      await page.keyboard.press('Control+End');
    },
    ...python,
  },
  {
    title: 'a notebook',
    file: 'typed.ipynb',
    content: JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { language_info: { name: 'python' } },
      cells: ['import optax', '# here'].map((source, i) => ({
        id: `cell${i}`,
        cell_type: 'code',
        metadata: {},
        execution_count: null,
        outputs: [],
        source,
      })),
    }),
    async open(page) {
      await openNotebook(page, this.file);
      await editCell(page, '# here');
    },
    ...python,
  },
  {
    title: 'JSON',
    file: 'typed.schedules.json',
    content: '{ "names": { "total_steps": 100 },\n  "schedules": [\n',
    async open(page) {
      await openFile(page, this.file);
      await focusedEditor(page).waitFor();
      await page.keyboard.press('Control+End');
    },
    wrong:
      '{ "name": "lr", "function": "cosine_decay_schedule", "args": { "init_value": 1e-3, "decay_step": 100 } }] }',
    fix: 'Change to "decay_steps"',
    mended: '"decay_steps": 100',
    begun: '',
    completion: '',
    completed: '',
  },
];

describe('A schedule that is typed into', function () {
  this.timeout(120_000);
  const workbench = workbenchForTests({ settings: { 'editor.autoClosingBrackets': 'never' } });

  for (const kind of kinds) {
    it(`${kind.title} is underlined, mended, shown and completed`, async () => {
      const { page, workspace } = workbench();
      await writeFile(join(workspace.folder, kind.file), kind.content);
      await kind.open(page);

      await page.keyboard.insertText(kind.wrong);
      await underlined(page, 'error');
      // To the middle of the wrong word, from the end of the line.
      const back = kind.wrong.length - kind.wrong.indexOf('decay_step') - 5;
      for (let i = 0; i < back; i++) await page.keyboard.press('ArrowLeft');
      await applyQuickFix(page, kind.fix);
      await focusedEditor(page).getByText(kind.mended).first().waitFor();

      const { pictures, text } = await hoverAtCursor(page);
      assert.match(pictures[0] ?? '', /^data:image\/svg\+xml;base64,/);
      assert.match(text, /decay_steps = 100/);

      if (kind.completion === '') return;
      await page.keyboard.press('Escape');
      await page.keyboard.press('End');
      await page.keyboard.type(kind.begun);
      await acceptCompletion(page, kind.completion);
      await focusedEditor(page).getByText(kind.completed).first().waitFor();
      await page.keyboard.press('Escape');
    });
  }

  it('JSON is completed with the names of the file', async () => {
    const { page, workspace } = workbench();
    const content = `{
  "names": { "total_steps": 100 },
  "schedules": [
    { "name": "lr", "function": "cosine_decay_schedule", "args": { "init_value": 1e-3, "decay_steps":  } }
  ]
}`;
    await writeFile(join(workspace.folder, 'names.schedules.json'), content);
    await openFile(page, 'names.schedules.json');
    await focusedEditor(page).waitFor();
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
    await acceptCompletion(page, '"total_steps"');
    await focusedEditor(page).getByText('"total_steps"').nth(1).waitFor();
  });
});
