import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { anneal } from '../../support/anneal.ts';
import { constant, linear, scheduleFile } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

interface PrintedCurves {
  readonly file: string;
  readonly schedules: readonly {
    readonly name: string;
    readonly function: string;
    readonly line: number;
    readonly column: number;
    readonly steps: readonly number[];
    readonly values: readonly (number | string)[];
    readonly assumptions: readonly unknown[];
  }[];
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

describe('anneal curves', () => {
  const folder = temporaryFolder();

  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(folder.path(name), content);
    return name;
  };

  const curves = async (...args: readonly string[]) => {
    const outcome = await anneal(['curves', ...args, '--json'], { cwd: folder.path() });
    return { ...outcome, printed: JSON.parse(outcome.stdout) as PrintedCurves };
  };

  const valuesOf = async (...args: readonly string[]) =>
    (await curves(...args)).printed.schedules.map(({ steps, values }) => ({ steps, values }));

  it('prints every schedule with exactly the fields of the contract', async () => {
    const text = scheduleFile({ schedules: [linear('fall', 1, 4), constant('c', 0.5)] });
    const { code, stdout, stderr } = await curves(await write('a.schedules.json', text));
    assert.deepEqual(JSON.parse(stdout), {
      file: 'a.schedules.json',
      schedules: [
        {
          name: 'fall',
          function: 'linear_schedule',
          line: 3,
          column: 5,
          steps: [0, 1, 2, 3],
          values: [1, 0.75, 0.5, 0.25],
          assumptions: [],
        },
        {
          name: 'c',
          function: 'constant_schedule',
          line: 12,
          column: 5,
          steps: [0, 1, 2, 3],
          values: [0.5, 0.5, 0.5, 0.5],
          assumptions: [],
        },
      ],
      findings: [],
    });
    assert.equal(stdout.at(-1), '\n');
    assert.equal(stderr, '');
    assert.equal(code, 0);
  });

  it('prints exactly the steps that are asked for', async () => {
    const file = await write('b.schedules.json', scheduleFile({ schedules: [linear('a', 1, 4)] }));
    assert.deepEqual(await valuesOf(file, '--at', '3,0,100,0'), [
      { steps: [3, 0, 100, 0], values: [0.25, 1, 0, 1] },
    ]);
    assert.deepEqual(await valuesOf(file, '--steps', '2'), [{ steps: [0, 1], values: [1, 0.75] }]);
  });

  it('goes as far as the training goes, where the file tells that', async () => {
    const training = { epochs: 2, batch_size: 100, train_examples: 250 };
    const text = scheduleFile({ training, schedules: [linear('a', 1, 4)] });
    const [only] = await valuesOf(await write('c.schedules.json', text));
    assert.deepEqual(only?.steps, [0, 1, 2, 3, 4, 5]);
  });

  it('goes ten epochs of the tutorial where nothing tells how far', async () => {
    const file = await write('d.schedules.json', scheduleFile({ schedules: [constant('a', 1)] }));
    assert.equal((await valuesOf(file))[0]?.steps.length, 2350);
  });

  it('writes NaN and infinities as strings', async () => {
    const schedules = [
      constant('nan', "float('nan')"),
      constant('inf', '1e999'),
      constant('minus', '-1e999'),
    ];
    const file = await write('e.schedules.json', scheduleFile({ schedules }));
    const { code, printed } = await curves(file, '--steps', '2');
    assert.deepEqual(
      printed.schedules.map(({ values }) => values),
      [
        ['NaN', 'NaN'],
        ['Infinity', 'Infinity'],
        ['-Infinity', '-Infinity'],
      ],
    );
    assert.deepEqual(
      printed.findings.map(({ code }) => code),
      ['non-finite-rate', 'non-finite-rate', 'non-finite-rate'],
    );
    assert.equal(code, 0);
  });

  it('sets names with Python expressions, and what is computed from them follows', async () => {
    const names = { total: 100, begin: 'total // 10' };
    const schedules = [linear('a', 1, 'begin')];
    const file = await write('f.schedules.json', scheduleFile({ names, schedules }));
    const lengthOf = async (...args: readonly string[]): Promise<number | undefined> =>
      (await valuesOf(file, ...args))[0]?.steps.length;
    assert.equal(await lengthOf(), 10);
    assert.equal(await lengthOf('--set', 'total=2 * 100'), 20);
    assert.equal(await lengthOf('--set', 'total=50', '--set', ' begin = max(3, total // 25)'), 3);
  });

  it('gives no values and an error for a schedule that Optax would refuse', async () => {
    const schedules = [constant('good', 1), { ...linear('bad', 1, 5), function: 'cosine_decay' }];
    const file = await write('g.schedules.json', scheduleFile({ schedules }));
    const { code, printed } = await curves(file, '--steps', '1');
    assert.deepEqual(
      printed.schedules.map(({ name, values, steps }) => [name, steps, values]),
      [
        ['good', [0], [1]],
        ['bad', [], []],
      ],
    );
    assert.deepEqual(printed.findings, [
      {
        code: 'unknown-function',
        severity: 'error',
        message:
          "schedules[1].function: Optax has no schedule 'cosine_decay'; did you mean 'cosine_decay_schedule'?",
        line: 12,
        column: 19,
        endLine: 12,
        endColumn: 33,
      },
    ]);
    assert.equal(code, 1);
  });

  it('prints a finding for a file that cannot be read', async () => {
    execFileSync('mkfifo', [folder.path('pipe.schedules.json')]);
    await write('latin.schedules.json', Buffer.from('{"schedules": "\xe9"}', 'latin1'));
    await write('large.schedules.json', Buffer.alloc(5 * 2 ** 20 + 1, ' '));
    const files = {
      'missing.schedules.json': ['file-unreadable', 'The file cannot be read: there is no such'],
      '.': ['file-unreadable', 'The file cannot be read: it is a folder.'],
      '/dev/zero': ['file-unreadable', 'The file cannot be read: it is no regular file.'],
      'pipe.schedules.json': ['file-unreadable', 'The file cannot be read: it is no regular file.'],
      'latin.schedules.json': ['file-unreadable', 'The file cannot be read: it is not text in UTF'],
      'large.schedules.json': ['file-too-large', 'The file has 5.0 MB; Anneal reads up to 5 MB.'],
    };
    for (const [file, [kind, message]] of Object.entries(files)) {
      const { code, printed } = await curves(file);
      assert.equal(printed.file, file);
      assert.deepEqual(printed.schedules, []);
      assert.equal(printed.findings.length, 1);
      assert.equal(printed.findings[0]?.code, kind);
      assert.equal(printed.findings[0]?.message.slice(0, message!.length), message);
      assert.equal(code, 1);
    }
  });

  it('prints a finding for a file that may not be read', async function () {
    if (process.getuid?.() === 0) return this.skip();
    await chmod(folder.path(await write('secret.schedules.json', '{}')), 0);
    const { printed } = await curves('secret.schedules.json');
    assert.equal(printed.findings[0]?.message, 'The file cannot be read: you may not read it.');
  });

  it('reads a file with a byte order mark and Windows line ends, columns as in an editor', async () => {
    const text = `\uFEFF${scheduleFile({ schedules: [constant('a', 1)] }).replaceAll('\n', '\r\n')}`;
    const { code, printed } = await curves(await write('bom.schedules.json', text), '--steps', '1');
    assert.deepEqual(printed.findings, []);
    assert.deepEqual([printed.schedules[0]?.line, printed.schedules[0]?.column], [3, 5]);
    assert.equal(code, 0);
    const inOneLine = await write('line.schedules.json', '\uFEFF{"schedules": [{}]}');
    const { stdout } = await anneal(['check', inOneLine], { cwd: folder.path() });
    assert.match(stdout, /^line\.schedules\.json:1:16: error missing-field/);
  });

  it('prints JSON for a training without end, and says that its curves are cut', async () => {
    const training = { epochs: 1_000_000_000 };
    const text = scheduleFile({ training, schedules: [constant('a', 1)] });
    const { code, printed } = await curves(await write('endless.schedules.json', text));
    assert.equal(printed.schedules[0]?.values.length, 5_000_000);
    assert.deepEqual(
      printed.findings.map(({ code, message }) => [code, message]),
      [
        [
          'curve-cut',
          "The curve of 'a' has 235000000000 steps; these are the first 5000000. Name others with --at.",
        ],
      ],
    );
    assert.equal(code, 0);
  });

  it('prints a line of rates for people, findings beside it on stderr', async () => {
    const schedules = [linear('fall', 1, 1e15), linear('bad\u001b[31m', 1, -1), constant('a', NaN)];
    const file = await write('h.schedules.json', scheduleFile({ schedules }));
    const { code, stdout, stderr } = await anneal(['curves', file], { cwd: folder.path() });
    const [name, rates, refused] = stdout.split('\n');
    assert.equal(name, 'fall  (linear_schedule)');
    assert.match(rates!, /^ {4}0: 1 {3}250000000000000: 0\.75 {3}500000000000000: 0\.5 /);
    assert.match(refused!, /^bad \[31m {2}\(linear_schedule\)/, 'no control characters');
    assert.match(
      stderr,
      /^h\.schedules\.json:\d+:\d+: error wrong-type: schedules\[2\]\.args\.value/m,
    );
    assert.equal(code, 1);
  });
});
