import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parser } from '@lezer/python';
import type { Span } from '../../../schedules/checking/finding.ts';
import { joinCells, readNotebook, type NotebookText } from '../../../schedules/reading/notebook.ts';
import { blankMagics } from '../../../schedules/reading/notebook/magics.ts';
import { pythonCells } from '../../../schedules/reading/notebook/pythonCells.ts';

type Source = string | readonly unknown[] | number;

function code(source: Source, metadata: object = {}): object {
  return { cell_type: 'code', execution_count: null, metadata, outputs: [], source };
}

function notebook(cells: readonly unknown[], metadata: object = {}): string {
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

function sourcesOf({ text, cells }: NotebookText): Readonly<Record<number, string>> {
  return Object.fromEntries(cells.map(({ cell, from, to }) => [cell, text.slice(from, to)]));
}

/** The offset of a piece of text that is there once. */
function offsetOf(text: string, piece: string): number {
  assert.equal(text.split(piece).length, 2, `${piece} is there once`);
  return text.indexOf(piece);
}

function parses(text: string): boolean {
  let isRight = true;
  parser.parse(text).iterate({ enter: ({ type }) => void (isRight &&= !type.isError) });
  return isRight;
}

/** Marks what is a space after blanking and was none before. */
function marked(cell: string): string {
  const text = blankMagics(cell);
  assert.equal(text.length, cell.length);
  return text.replace(/ /g, (space, offset: number) => (cell[offset] === ' ' ? space : '.'));
}

describe('A notebook', () => {
  it('gives its code cells in order, numbered among all cells', () => {
    const read = readNotebook(
      notebook([
        { cell_type: 'markdown', metadata: {}, source: ['# Title'] },
        code(['import optax\n', 'peak = 0.1']),
        { cell_type: 'raw', metadata: {}, source: 'raw' },
        code('rate = optax.constant_schedule(peak)'),
      ]),
    );
    assert.deepEqual(read.findings, []);
    assert.deepEqual(sourcesOf(read), {
      2: 'import optax\npeak = 0.1',
      4: 'rate = optax.constant_schedule(peak)',
    });
    assert.ok(parses(read.text));
  });

  it('may be of nbformat 3, whose cells lie in worksheets', () => {
    const v3 = (input: Source, language = 'python') => ({ cell_type: 'code', language, input });
    const worksheets = [
      { cells: [{ cell_type: 'heading', source: 'Title' }, v3('a = 1')] },
      { cells: [v3(['b = 2\n', '%time c = 3']), v3('d <- 4', 'R')] },
    ];
    const read = readNotebook(JSON.stringify({ metadata: { name: 'x' }, nbformat: 3, worksheets }));
    assert.deepEqual(sourcesOf(read), { 2: 'a = 1', 3: 'b = 2\n0;    c = 3' });
  });

  it('has a cell, line and column for every offset', () => {
    const read = readNotebook(
      notebook([code('%matplotlib inline\nlr = 1'), { cell_type: 'markdown' }, code('a\n\n b😀c')]),
    );
    const at = (piece: string) => read.positionOf(offsetOf(read.text, piece));
    assert.deepEqual(at('lr'), { cell: 1, line: 2, column: 1 });
    assert.deepEqual(at('1'), { cell: 1, line: 2, column: 6 });
    assert.deepEqual(at('a'), { cell: 3, line: 1, column: 1 });
    assert.deepEqual(at('c'), { cell: 3, line: 3, column: 5 });
    assert.deepEqual(read.positionOf(offsetOf(read.text, '1') + 2), {
      cell: 1,
      line: 2,
      column: 7,
    });
    assert.deepEqual(read.positionOf(-1), { cell: 1, line: 1, column: 1 });
    assert.deepEqual(read.positionOf(1e9), { cell: 3, line: 3, column: 6 });
  });

  it('keeps the line ends of its sources', () => {
    const read = readNotebook(notebook([code('a = 1\r\n!ls\r\nb = 2\r\n'), code('c = 3')]));
    assert.equal(sourcesOf(read)[1], 'a = 1\r\n   \r\nb = 2\r\n');
    const b = read.positionOf(offsetOf(read.text, 'b'));
    assert.deepEqual(b, { cell: 1, line: 3, column: 1 });
    const c = read.positionOf(offsetOf(read.text, 'c'));
    assert.deepEqual(c, { cell: 2, line: 1, column: 1 });
  });

  it('leaves out cells in other languages', () => {
    const sql = code('select 1', { vscode: { languageId: 'sql' } });
    const python = code('a = 1', { vscode: { languageId: 'python' } });
    assert.deepEqual(sourcesOf(readNotebook(notebook([sql, python]))), { 2: 'a = 1' });
  });

  it('is not read where its kernel runs another language', () => {
    for (const metadata of [
      { kernelspec: { name: 'julia-1.10', language: 'julia' } },
      { language_info: { name: 'R' }, kernelspec: { name: 'ir' } },
    ]) {
      const { text, cells, findings } = readNotebook(notebook([code('x <- 1')], metadata));
      assert.deepEqual([text, cells], ['', []]);
      assert.equal(findings.length, 1);
      assert.equal(findings[0]!.code, 'not-python');
      assert.equal(findings[0]!.severity, 'information');
      assert.match(findings[0]!.message, /julia|R/);
    }
    for (const name of ['python', 'Python', 'python3', 'ipython']) {
      const read = readNotebook(notebook([code('a = 1')], { language_info: { name } }));
      assert.deepEqual(sourcesOf(read), { 1: 'a = 1' });
    }
  });

  it('says where its JSON is broken', () => {
    const json = '{"cells": [\n<<<<<<< HEAD\n]}';
    const { text, findings } = readNotebook(json);
    assert.equal(text, '');
    assert.equal(findings.length, 1);
    assert.equal(findings[0]!.code, 'notebook-syntax');
    assert.equal(findings[0]!.span.from, json.indexOf('<'));
    assert.match(findings[0]!.message, /line 2, column 1/);
  });

  it('may begin with a byte order mark', () => {
    assert.deepEqual(sourcesOf(readNotebook(`\ufeff${notebook([code('a = 1')])}`)), { 1: 'a = 1' });
  });

  it('says so where it is none', () => {
    for (const json of ['null', '3', '[]', '{}', '{"cells": {}}', '{"worksheets": 1}']) {
      const { text, findings } = readNotebook(json);
      assert.equal(text, '');
      assert.deepEqual(
        findings.map((finding) => finding.code),
        ['not-a-notebook'],
        json,
      );
    }
  });

  it('is read as far as it can be, however odd it is', () => {
    const odd = [1, null, [], {}, 'x', code(5), code([1, 'a = ', {}, '1']), code('\ud800x = !ls')];
    const read = readNotebook(JSON.stringify({ cells: odd, metadata: [] }));
    assert.deepEqual(read.findings, []);
    assert.deepEqual(sourcesOf(read), { 7: 'a = 1', 8: '\ud800x = ǃ  ' });
    for (const json of ['', '[', '['.repeat(1e6), '{"worksheets":['.repeat(1e5), '{"cells":[]}']) {
      assert.equal(readNotebook(json).text, '');
      assert.deepEqual(readNotebook(json).positionOf(3), { cell: 1, line: 1, column: 1 });
    }
  });

  it('is read in time however many cells and lines it has', () => {
    const cells = Array<object>(10_000).fill(code('%cd ..\nx = !ls\n'));
    const json = notebook(cells);
    const start = performance.now();
    const read = readNotebook(json);
    for (const { from } of read.cells) read.positionOf(from);
    assert.ok(performance.now() - start < 1000);
    assert.deepEqual(read.positionOf(read.text.length), { cell: 10_000, line: 3, column: 1 });
  });

  it("is read from an editor's cells as from its file", () => {
    const sources = [undefined, 'a = 1\n!ls', undefined, 'b = 2'];
    const cells = sources.map((source) => (source ? code(source) : { cell_type: 'markdown' }));
    const [open, saved] = [joinCells(sources), readNotebook(notebook(cells))];
    assert.deepEqual([open.text, open.cells], [saved.text, saved.cells]);
  });

  it('keeps an unfinished cell from what comes after it', () => {
    for (const unfinished of [
      'optax.sgd(schedule[',
      'f(1, # not yet',
      'text = """not yet',
      "f('''",
      'peak = 1 \\',
      'f("not yet',
    ]) {
      const { text } = joinCells([unfinished, 'rate = optax.adam(0.1)']);
      const statements: string[] = [];
      for (let node = parser.parse(text).topNode.firstChild; node; node = node.nextSibling)
        statements.push(text.slice(node.from, node.to));
      assert.equal(statements.at(-1), 'rate = optax.adam(0.1)', unfinished);
    }
  });

  it('may have cells that are indented', () => {
    const indented = '\n  # Note\n  %cd ..\n  b = 2\n  c = 3';
    const { text, cells } = joinCells([
      'def f():\n  return 1',
      indented,
      '  ',
      '  %%bash\n  ls',
      'd',
    ]);
    assert.ok(parses(text), text);
    const [, { from, to }] = cells as [unknown, Span, ...unknown[]];
    assert.equal(text.slice(from, to), '\n  # Note\n  0     \n  b = 2\n  c = 3');
    const definition = parser.parse(text).topNode.firstChild!;
    assert.ok(definition.to < from, 'the cell is no part of the function before it');
  });
});

describe('The example notebook', () => {
  const file = new URL('../../../examples/tutorial.ipynb', import.meta.url);
  const json = readFileSync(file, 'utf8');
  const read = readNotebook(json);

  it('gives Python that parses', () => {
    assert.deepEqual(read.findings, []);
    assert.ok(parses(read.text));
  });

  it('has every character of its code where the notebook has it', () => {
    const { cells } = JSON.parse(json) as { cells: { source: string[] }[] };
    for (const { cell, from, to } of read.cells) {
      const lines = cells[cell - 1]!.source.join('').split('\n');
      for (let offset = from; offset < to; offset++) {
        const { line, column, ...position } = read.positionOf(offset);
        assert.equal(position.cell, cell);
        const written = lines[line - 1]![column - 1] ?? '\n';
        if (!/^[%!]/.test(lines[line - 1]!)) assert.equal(read.text[offset], written);
      }
    }
    assert.doesNotMatch(read.text, /^[%!]/m);
  });
});

describe('Magics and shell commands', () => {
  /** A cell, and the cell with a dot for each character that becomes a space. */
  const blanked: Readonly<Record<string, readonly [cell: string, blanked: string]>> = {
    'line magic': ['%matplotlib inline\na = 1', '........... ......\na = 1'],
    'shell command': ['!pip install optax', '.... ....... .....'],
    'shell command of several lines': [
      '!pip \\\n  install "x\na = 1',
      '.... .\n  ....... ..\na = 1',
    ],
    'shell command with Windows line ends': ['!pip \\\r\n x\r\na', '.... .\r\n .\r\na'],
    'help before': ['?optax.sgd\na', '..........\na'],
    'help after': ['optax.sgd?\na', '..........\na'],
    'source after': ['optax.sgd??\na', '...........\na'],
    'help of a magic': ['%%time?\na = 1', '.......\na = 1'],
    'value of a command': ['x = !ls "(\ny', 'x = ǃ.. ..\ny'],
    'value of a magic': ['x["a"] = %env HOME\ny', 'x["a"] = ǃ... ....\ny'],
    'value of a timed call': ['x = %time f(3)', 'x = ..... f(3)'],
    'timed call': ['%time f(x)', '0;... f(x)'],
    'timed assignment': ['%time x = f("%")', '0;... x = f("%")'],
    'timed call with options': ['%timeit -n 10 -r3 -o f(x)', '0;..... .. .. ... .. f(x)'],
    'profiled call with options': ['%prun -s cumulative f(x)', '0;... .. .......... f(x)'],
    'timed loop': ['%time for x in y: pass', '..... ... . .. .. ....'],
    'timed command': ['%time !ls', '..... ...'],
    'timed nothing': ['%time\na', '.....\na'],
    'automatic call': [';f a\n,f a\n/f a\nx', '.. .\n.. .\n.. .\nx'],
    'command in a block': ['if x:\n  !ls -l\ny', 'if x:\n  0.. ..\ny'],
    'timed call in a block': ['if x:\n  %time f()\ny', 'if x:\n  0;... f()\ny'],
    'help in a block': ['def f():\n  x?\n', 'def f():\n  0.\n'],
    'cell magic around Python': ['%%time\na = 1\n!ls', '......\na = 1\n...'],
    'cell magic after comments': ['# @title\n\n%%capture out\na', '# @title\n\n......... ...\na'],
    'cell magic around something else': ['%%bash\necho "it\'s\n', '......\n.... .....\n'],
    'unknown cell magic': ['\n%%cython -a\ndef f(x): y', '\n........ ..\n... ..... .'],
    'cell magic that is none, too late': ['a = 1\n%%bash\nb = 2', 'a = 1\n......\nb = 2'],
  };
  for (const [name, [cell, expected]] of Object.entries(blanked)) {
    it(`are blanked: ${name}`, () => {
      assert.equal(marked(cell), expected);
      assert.ok(parses(blankMagics(cell)));
    });
  }

  const untouched: Readonly<Record<string, string>> = {
    'in a triple-quoted string': 's = """\n%cd\n!ls\nwhat?\n"""\nt = r\'\'\'\\\n%x\'\'\'',
    'in brackets': 'x = (a\n % b)\ny = [1\n%f(2)\n]',
    'after a backslash': 'x = a \\\n % b',
    'in strings and comments': 'x = "= !ls" # = !ls?\n# what?\n',
    'as operators': 'x = a % b\nx %= 3\ny = a != b\nf(a=b, c = d)\nf(lambda: x)',
    'in format strings': 'x = f"{a!r} {b % c}" % d',
    'behind quotes': "x = 'it\\'s' % y # (\nz = \"\\\"(\"\nw = '' % \"'''\"",
    'in a string that goes on': "x = 'a\\\n%b'\n",
  };
  for (const [name, cell] of Object.entries(untouched)) {
    it(`are not seen ${name}`, () => {
      assert.ok(parses(cell));
      assert.equal(blankMagics(cell), cell);
    });
  }

  it('are seen again after an unclosed quote', () => {
    assert.equal(marked("x = 'oops\n%cd"), "x = 'oops\n...");
  });
});

describe('The cells of a Python file', () => {
  const text = [
    'import optax',
    '%load_ext autoreload',
    '# %% Schedule',
    '%%time',
    'a = 1',
    '# %matplotlib inline',
    '#%%',
    '!ls',
    '# In[3]:',
    'b = 2 % 3',
  ].join('\n');

  it('go from marker to marker', () => {
    const starts = ['# %% Schedule', '#%%', '# In[3]:'].map((marker) => offsetOf(text, marker));
    assert.deepEqual(pythonCells(text).cells, [
      { from: starts[0], to: starts[1] },
      { from: starts[1], to: starts[2] },
      { from: starts[2], to: text.length },
    ]);
  });

  it('may have magics, which are blanked where they stand', () => {
    const python = pythonCells(text).text;
    assert.equal(
      python,
      text.replace(/^[%!].*/gm, (magic) => ' '.repeat(magic.length)),
    );
    assert.ok(parses(python));
  });

  it('are none without a marker, and nothing is blanked then', () => {
    const plain = 'x = 1\n%cd\n# %%time\n';
    assert.deepEqual(pythonCells(plain), { text: plain, cells: [] });
  });
});
