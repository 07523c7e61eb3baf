import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elementsOf, parseXml, textOf } from '../../support/xml.ts';

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `anneal curves` from its sources. */
function curves(...args: readonly string[]): Promise<Outcome> {
  const command = ['--import=tsx', 'runner/cli.ts', 'curves', ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

const schedules = (...list: readonly object[]): string => JSON.stringify({ schedules: list });
const linear = (name: string, transitionSteps: number) => ({
  name,
  function: 'linear_schedule',
  args: { init_value: 0.1, end_value: 0, transition_steps: transitionSteps },
});

describe('anneal curves --svg', function () {
  this.timeout(30_000);
  let folder = '';
  let file = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anneal-curves-'));
    file = join(folder, 'test.schedules.json');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('writes a picture of every schedule into a new folder and prints the paths', async () => {
    await writeFile(file, schedules(linear('long', 10_000_000), linear('up/down <1>', 8)));
    const pictures = join(folder, 'new', 'pictures');
    const { exitCode, stdout } = await curves(file, '--svg', pictures);
    assert.equal(exitCode, 0);
    const paths = ['long.svg', 'up%2fdown %3c1%3e.svg'].map((name) => join(pictures, name));
    assert.deepEqual(stdout.trimEnd().split('\n'), paths);
    assert.equal((await readdir(pictures)).length, 2);
    const texts = await Promise.all(
      paths.map(async (path) => elementsOf(parseXml(await readFile(path, 'utf8')), 'text')),
    );
    assert.deepEqual(
      texts.map(([heading]) => textOf(heading!)),
      ['long', 'up/down <1>'],
    );
    assert.ok(texts[0]!.map(textOf).includes('8M'));
  });

  it('draws the schedules that Optax accepts and tells of the others', async () => {
    const refused = {
      name: 'refused',
      function: 'cosine_decay_schedule',
      args: { init_value: 0.1, decay_steps: 0 },
    };
    await writeFile(file, schedules(refused, linear('linear', 8)));
    const { exitCode, stdout, stderr } = await curves(file, '--svg', folder);
    assert.equal(exitCode, 1);
    assert.equal(stdout, `${join(folder, 'linear.svg')}\n`);
    assert.match(stderr, /decay_steps/);
  });

  it('draws exactly the steps that are asked for', async () => {
    await writeFile(file, schedules(linear('linear', 1000)));
    const { stdout } = await curves(file, '--svg', folder, '--at', '500,100,900,100');
    const picture = parseXml(await readFile(stdout.trimEnd(), 'utf8'));
    assert.match(picture.attributes['aria-label']!, /steps 100 to 900$/);
    const curve = elementsOf(picture, 'g').find(({ attributes }) => attributes['stroke']);
    const [, dots] = elementsOf(curve!, 'path');
    assert.equal(dots!.attributes['d']!.replace(/[^A-Za-z]/g, ''), 'MhMhMh');
  });

  it('is an alternative to --json', async () => {
    await writeFile(file, schedules(linear('linear', 8)));
    const { exitCode, stdout, stderr } = await curves(file, '--json', '--svg', folder);
    assert.equal(exitCode, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /'--json' cannot be used with option '--svg <DIR>'/);
  });

  it('says in a sentence that a folder cannot be written', async () => {
    await writeFile(file, schedules(linear('linear', 8)));
    const { exitCode, stderr } = await curves(file, '--svg', join(file, 'inside'));
    assert.equal(exitCode, 1);
    const path = join(file, 'inside', 'linear.svg');
    const why = 'a file is where a folder should be; name another folder';
    assert.equal(stderr, `${path} cannot be written: ${why}.\n`);
  });
});
