import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { anneal } from '../../support/anneal.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

interface Place {
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
}

interface PrintedCurves {
  readonly file: string;
  readonly schedules: readonly (Place & {
    readonly name: string;
    readonly steps: readonly number[];
    readonly values: readonly number[];
    readonly assumptions: readonly { readonly name: string }[];
  })[];
  readonly findings: readonly (Place & {
    readonly code: string;
    readonly message: string;
    readonly endLine: number;
    readonly endColumn: number;
  })[];
}

const positionIn = ({ cell, line, column }: Place) => ({ cell, line, column });

const program = (...lines: readonly string[]): string => ['import optax', ...lines, ''].join('\n');

const notebook = (...cells: readonly (readonly string[])[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((lines, i) => ({
      id: `cell-${i}`,
      cell_type: 'code',
      metadata: {},
      outputs: [],
      execution_count: null,
      source: lines.map((line) => `${line}\n`),
    })),
  });

/** The rates as people write them. */
const rounded = (values: readonly number[]): readonly number[] =>
  values.map((value) => Number(value.toPrecision(6)));

describe('anneal curves of Python', () => {
  const folder = temporaryFolder();
  const write = async (name: string, content: string): Promise<string> => {
    await writeFile(folder.path(name), content);
    return name;
  };
  const curves = async (...args: readonly string[]) => {
    const outcome = await anneal(['curves', ...args, '--json'], { cwd: folder.path() });
    return { ...outcome, printed: JSON.parse(outcome.stdout) as PrintedCurves };
  };
  const onlyCurve = async (...args: readonly string[]) => {
    const { printed } = await curves(...args);
    const [schedule = assert.fail('no schedule'), ...others] = printed.schedules;
    assert.deepEqual(others, []);
    return { ...schedule, values: rounded(schedule.values) };
  };

  it('prints every schedule with exactly the fields of the contract', async () => {
    const text = program(
      'peak = 1.0',
      'fall = optax.linear_schedule(peak, 0.0, transition_steps=4)',
      'def make(lr):',
      '    return optax.constant_schedule(lr * 2)',
      'bad = optax.linear_schedule(1.0, 0.0, transition_steps="4")',
    );
    const { code, stdout, stderr } = await curves(await write('a.py', text), '--at', '0,3');
    const { findings, ...printed } = JSON.parse(stdout) as PrintedCurves;
    assert.deepEqual(printed, {
      file: 'a.py',
      schedules: [
        {
          name: 'fall',
          function: 'linear_schedule',
          line: 3,
          column: 8,
          steps: [0, 3],
          values: [1, 0.25],
          assumptions: [],
        },
        {
          name: 'bad',
          function: 'linear_schedule',
          line: 6,
          column: 7,
          steps: [],
          values: [],
          assumptions: [],
        },
        {
          name: 'make',
          function: 'constant_schedule',
          line: 5,
          column: 12,
          steps: [0, 3],
          values: [Math.fround(0.002), Math.fround(0.002)],
          assumptions: [
            { name: 'lr', value: 0.001, why: "Nothing gives 'lr': assumed, a usual rate of Adam." },
          ],
        },
      ],
    });
    const [{ message, ...finding } = assert.fail(), ...others] = findings;
    assert.deepEqual(others, []);
    assert.match(message, /^transition_steps of linear_schedule must be/);
    assert.deepEqual(finding, {
      code: 'wrong-type',
      severity: 'error',
      line: 6,
      column: 56,
      endLine: 6,
      endColumn: 59,
    });
    assert.equal(stderr, '');
    assert.equal(code, 1);
  });

  it('has the cell of every place in a notebook', async () => {
    const text = notebook(
      ['%matplotlib inline', 'import optax', 'steps = 4'],
      ['!pip install optax', 'fall = optax.linear_schedule(1.0, 0.0, steps)'],
      ['', 'bad = optax.constant_schedule()'],
    );
    const { code, printed } = await curves(await write('b.ipynb', text), '--at', '1');
    assert.deepEqual(
      printed.schedules.map(({ name, values, ...place }) => [name, values, positionIn(place)]),
      [
        ['fall', [0.75], { cell: 2, line: 2, column: 8 }],
        ['bad', [], { cell: 3, line: 2, column: 7 }],
      ],
    );
    assert.deepEqual(
      printed.findings.map(({ code, endLine, endColumn, ...place }) => {
        return { code, ...positionIn(place), endLine, endColumn };
      }),
      [{ code: 'missing-argument', cell: 3, line: 2, column: 7, endLine: 2, endColumn: 32 }],
    );
    assert.equal(code, 1);
  });

  it('goes as far as the training goes, else as the schedule does', async () => {
    const schedule = 's = optax.linear_schedule(1.0, 0.0, 8)';
    const alone = await onlyCurve(await write('c.py', program(schedule)));
    assert.deepEqual(alone.steps, [0, 1, 2, 3, 4, 5, 6, 7]);
    const training = program('epochs = 2', 'batch_size = 20_000', schedule);
    assert.equal((await onlyCurve(await write('d.py', training))).steps.length, 6);
    assert.equal((await onlyCurve('d.py', '--steps', '3')).steps.length, 3);
    assert.deepEqual((await onlyCurve('d.py', '--at', '100,4')).values, [0, 0.5]);
  });

  it('sets names, parameters, attributes and items, and what is computed from them follows', async () => {
    const text = program(
      'epochs = 2',
      'def make(config, peak):',
      '    return optax.linear_schedule(peak, config.end, config["steps"] * epochs)',
    );
    const file = await write('e.py', text);
    const set = ['epochs=5', 'peak=1.0', 'config.end = 0.5', 'config["steps"]=2 * 1'];
    const { values, assumptions } = await onlyCurve(
      ...[file, '--at', '0,5,10', ...set.flatMap((one) => ['--set', one])],
    );
    assert.deepEqual(values, [1, 0.75, 0.5]);
    assert.deepEqual(assumptions, []);
  });

  it('refuses to set a name that the file does not have, or no expression', async () => {
    await write('f.py', program('peak = 1.0', 's = optax.constant_schedule(peak)'));
    const set = ['curves', 'f.py', '--set', 'paek=2.0'];
    const { code, stdout, stderr } = await anneal(set, { cwd: folder.path() });
    assert.match(stderr, /^--set paek: the file has no name 'paek'; its names are peak\./);
    assert.deepEqual([code, stdout], [2, '']);
    const wrong = await anneal(['curves', 'f.py', '--set', 'peak=2 +'], { cwd: folder.path() });
    assert.match(wrong.stderr, /peak=2 \+/);
    assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
  });

  it('refuses to set a name that is not there where the file has only plain rates', async () => {
    await write('g.py', program('peak = 1.0', 'tx = optax.sgd(peak)'));
    const set = ['curves', 'g.py', '--set', 'paek=2.0'];
    const { code, stderr } = await anneal(set, { cwd: folder.path() });
    assert.match(stderr, /^--set paek: the file has no name 'paek'; its names are peak\./);
    assert.equal(code, 2);
  });

  it('follows imports of files beside it, of packages and of the folder above', async () => {
    await mkdir(folder.path('project/training'), { recursive: true });
    await write('project/settings.py', 'peak = 1.0\n');
    await write('project/training/__init__.py', '');
    await write('project/training/lengths.py', 'from settings import peak\nsteps = 4 * peak\n');
    const text = program(
      'from settings import peak',
      'from .lengths import steps',
      'import training.lengths',
      's = optax.linear_schedule(peak, 0.0, int(steps))',
      't = optax.linear_schedule(peak, 0.0, int(training.lengths.steps))',
    );
    const file = await write('project/training/train.py', text);
    const { printed } = await curves(file, '--at', '2');
    assert.deepEqual(
      printed.schedules.map(({ name, values, assumptions }) => [name, values, assumptions]),
      [
        ['s', [0.5], []],
        ['t', [0.5], []],
      ],
    );
  });

  it('does not read files of more than 5 MB, of a notebook with all that is in it', async () => {
    const filler = '#'.repeat(5 * 2 ** 20);
    await write('large.py', `import optax\ns = optax.constant_schedule(1.0)\n${filler}\n`);
    const { cells, ...rest } = JSON.parse(
      notebook(['import optax', 's = optax.constant_schedule(1.0)']),
    ) as { readonly cells: readonly object[] };
    const shown = { output_type: 'display_data', data: { 'image/png': filler }, metadata: {} };
    const withPicture = cells.map((cell) => ({ ...cell, outputs: [shown] }));
    await write('large.ipynb', JSON.stringify({ ...rest, cells: withPicture }));
    for (const file of ['large.py', 'large.ipynb']) {
      const { code, printed } = await curves(file);
      assert.deepEqual(printed.schedules, []);
      assert.deepEqual(
        printed.findings.map(({ code, message }) => [code, message]),
        [['file-too-large', 'The file has 5.0 MB; Anneal reads up to 5 MB.']],
      );
      assert.equal(code, 1);
    }
  });

  it('draws pictures of Python too', async () => {
    const file = await write('h.py', program('s = optax.linear_schedule(1.0, 0.0, 100)'));
    const svg = await anneal(['curves', file, '--svg', 'pictures'], { cwd: folder.path() });
    assert.deepEqual(svg, { code: 0, stdout: 'pictures/s.svg\n', stderr: '' });
  });
});

describe('anneal check of Python', () => {
  const folder = temporaryFolder();
  const check = (...args: readonly string[]) => anneal(['check', ...args], { cwd: folder.path() });

  before(async () => {
    const hinted = [
      'unused = optax.constant_schedule(0.1)',
      'used = optax.constant_schedule(0.2)',
      'tx = optax.sgd(used)',
    ];
    const files = {
      'good.py': program('tx = optax.sgd(optax.constant_schedule(0.1))'),
      'hinted.py': program(...hinted),
      'refused.py': program('s = optax.cosine_decay_schedule(1e-3, decay_steps=0)'),
      'ignored.py': program('s = optax.cosine_decay_schedule(1e-3, 0)  # anneal: ignore'),
      'refused.ipynb': notebook(['import optax'], ['s = optax.cosine_decay_schedule(1e-3, 0)']),
      'broken.py': 'def (:\n  import optax)\n\tx = [',
      'broken.ipynb': '{"cells": [}',
      'requirements.txt': 'optax==0.1.4\n',
      'newer.py': program('s = optax.warmup_constant_schedule(0.0, 1e-3, 100)'),
    };
    for (const [name, text] of Object.entries(files)) await writeFile(folder.path(name), text);
  });

  it('says nothing of good code, nor of code that is being typed, and ends with 0', async () => {
    const silent = { code: 0, stdout: '', stderr: '' };
    assert.deepEqual(await check('good.py', 'ignored.py', 'broken.py'), silent);
  });

  it('ends with 0 where there are only hints', async () => {
    const { code, stdout } = await check('hinted.py');
    assert.match(
      stdout,
      /^hinted\.py:2:10: hint never-used: No optimizer is given 'unused', .*\n$/,
    );
    assert.equal(code, 0);
  });

  it('ends with 1 where Optax would refuse something, with its place', async () => {
    const { code, stdout, stderr } = await check('good.py', 'refused.py', 'refused.ipynb');
    const message =
      'Optax raises ValueError: decay_steps must be greater than 0, got 0; give the number of steps that the decay takes.';
    assert.deepEqual(stdout.split('\n'), [
      `refused.py:2:51: error refused-by-optax: ${message}`,
      `refused.ipynb:cell 2:1:39: error refused-by-optax: ${message}`,
      '',
    ]);
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('says where a notebook cannot be read', async () => {
    const { code, stdout } = await check('broken.ipynb');
    const place = 'broken.ipynb:cell 1:1:1: error notebook-syntax: ';
    assert.equal(stdout.slice(0, place.length), place);
    assert.match(stdout, /not valid JSON at line 1, column 12/);
    assert.equal(code, 1);
  });

  it('knows the Optax that the project requires', async () => {
    const { code, stdout } = await check('--json', 'newer.py');
    const [{ file, findings } = assert.fail()] = JSON.parse(stdout) as readonly PrintedCurves[];
    assert.deepEqual(
      [file, findings.map((finding) => finding.code)],
      ['newer.py', ['newer-than-pinned-optax']],
    );
    assert.equal(code, 0);
  });
});
