import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { anneal } from '../../support/anneal.ts';
import { constant, linear, scheduleFile } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('anneal check', () => {
  const folder = temporaryFolder();
  const check = (...args: readonly string[]) => anneal(['check', ...args], { cwd: folder.path() });

  before(async () => {
    const files = {
      'good.schedules.json': scheduleFile({ schedules: [constant('a', 1)] }),
      'odd.schedules.json': scheduleFile({ schedules: [constant('a', "float('inf')")] }),
      'bad.schedules.json': scheduleFile({
        schedules: [
          linear('🚀', 1, '1 +'),
          { ...constant('b', 1), function: 'constant\nschedule' },
        ],
      }),
      'broken.schedules.json': '{"schedules": [\n  {"name" 5}\n]}',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(folder.path(name), text);
  });

  it('says nothing of a good file, and ends with exit code 0', async () => {
    assert.deepEqual(await check('good.schedules.json'), { code: 0, stdout: '', stderr: '' });
  });

  it('prints a line for each finding, and ends with exit code 1 where one is an error', async () => {
    const { code, stdout, stderr } = await check(
      'good.schedules.json',
      'bad.schedules.json',
      'broken.schedules.json',
      'missing.schedules.json',
    );
    assert.deepEqual(stdout.split('\n'), [
      'bad.schedules.json:9:29: error bad-expression: schedules[0].args.transition_steps: the expression "1 +" is not a Python expression of numbers.',
      "bad.schedules.json:14:19: error unknown-function: schedules[1].function: Optax has no schedule 'constant schedule'; did you mean 'constant_schedule'?",
      'broken.schedules.json:2:11: error json-syntax: This is not valid JSON: colon expected.',
      'missing.schedules.json:1:1: error file-unreadable: The file cannot be read: there is no such file.',
      '',
    ]);
    assert.equal(stderr, '');
    assert.equal(code, 1);
  });

  it('ends with exit code 0 where there are only warnings', async () => {
    const { code, stdout } = await check('odd.schedules.json');
    assert.match(stdout, /^odd\.schedules\.json:3:5: warning non-finite-rate: The rate of 'a' is/);
    assert.equal(code, 0);
  });

  it('prints the findings of every file as JSON', async () => {
    const { code, stdout } = await check('--json', 'good.schedules.json', 'odd.schedules.json');
    assert.deepEqual(JSON.parse(stdout), [
      { file: 'good.schedules.json', findings: [] },
      {
        file: 'odd.schedules.json',
        findings: [
          {
            code: 'non-finite-rate',
            severity: 'warning',
            message:
              "The rate of 'a' is Infinity at step 0; change its arguments, or training ends in NaN.",
            line: 3,
            column: 5,
            endLine: 9,
            endColumn: 6,
          },
        ],
      },
    ]);
    assert.equal(code, 0);
  });
});
