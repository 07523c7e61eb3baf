import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TextEdit } from '../../../schedules/checking/finding.ts';
import { ignoringEdit, settingEdit } from '../../../schedules/language/commentEdits.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import { pythonFindings } from '../checking/pythonFindings.ts';

const read = (text: string) => readSchedules('program.py', text);

function edited(text: string, edit: TextEdit | undefined): string | undefined {
  return edit && text.slice(0, edit.span.from) + edit.text + text.slice(edit.span.to);
}

const set = (text: string, name: string, value: string | undefined): string | undefined =>
  edited(text, settingEdit(text, name, value, read));

const ignored = (text: string, code = 'never-used'): string | undefined =>
  edited(text, ignoringEdit(text, text.indexOf('optax.'), code));

describe('A comment that sets a name', () => {
  it('stands at the top of the function where it is assumed, behind what documents it', () => {
    const text = (comment: string): string => `import optax

def create(lr, steps):
    """Decays."""
${comment}    return optax.cosine_decay_schedule(lr, steps)

def other(steps):
    return steps
`;
    assert.equal(set(text(''), 'steps', '235'), text('    # anneal: steps=235\n'));
  });

  it('stands above the statement at the level of the module', () => {
    const text = (comment: string): string => `import optax
total = len(loader)
${comment}a = optax.cosine_decay_schedule(
    0.1,
    steps,
)
`;
    assert.equal(set(text(''), 'steps', '10 * 2'), text('# anneal: steps=10 * 2\n'));
  });

  it('stands where no schedule assumes the name any more, if there are several', () => {
    const text = `import optax
def first(steps):
    return optax.cosine_decay_schedule(0.1, steps)
def second(steps):
    return optax.linear_schedule(0.1, 0, steps)
`;
    const { definitions } = read(set(text, 'steps', '235') ?? '');
    assert.deepEqual(
      definitions.map(({ schedule, assumptions }) => [schedule?.phases[0]?.to, assumptions]),
      [
        [235, []],
        [235, []],
      ],
    );
  });

  it('takes effect on whatever has a name in Python', () => {
    const text = `import optax
class Trainer:
    def setup(self, config):
        self.rate = optax.cosine_decay_schedule(config["lr"], self.steps)
`;
    for (const name of ['config["lr"]', 'self.steps']) {
      const result = set(text, name, '5') ?? '';
      const rests = read(result).definitions.flatMap(({ assumptions }) => assumptions);
      assert.ok(result.includes(`        # anneal: ${name}=5\n`), name);
      assert.equal(rests.length, 1, name);
    }
  });

  it('is not made for what it cannot set', () => {
    const text = 'import optax\na = optax.cosine_decay_schedule(0.1, get_steps())\n';
    assert.equal(set(text, 'get_steps()', '5'), undefined);
  });

  it('is changed where it is there already', () => {
    const text = (comment: string): string =>
      `import optax\n${comment}a = optax.cosine_decay_schedule(lr, steps)\n`;
    assert.equal(
      set(text('# anneal: lr=0.1, steps=10\n'), 'steps', '20'),
      text('# anneal: lr=0.1, steps=20\n'),
    );
    assert.equal(
      set(text('# anneal: lr=0.1, steps=10\n'), 'steps', undefined),
      text('# anneal: lr=0.1\n'),
    );
    assert.equal(set(text('# anneal: steps=10\r\n'), 'steps', undefined), text(''));
    const behind = (comment: string): string => `import optax  ${comment}`.trimEnd();
    assert.equal(set(behind('# anneal: steps=10'), 'steps', undefined), behind(''));
  });
});

describe('A comment that ignores a finding', () => {
  it('goes to the end of the line, and is obeyed', () => {
    const text = 'import optax\na = optax.cosine_decay_schedule(1e-3, 100, 1e-5)\n';
    const [finding] = pythonFindings(text);
    assert.equal(finding?.code, 'alpha-as-end-value');
    const result = ignored(text, finding.code) ?? '';
    assert.match(result, /1e-5\) {2}# anneal: ignore\[alpha-as-end-value\]\n$/);
    assert.deepEqual(pythonFindings(result), []);
  });

  it('goes before what ends a line of Windows', () => {
    assert.equal(
      ignored('a = optax.f(0.1)\r\nb'),
      'a = optax.f(0.1)  # anneal: ignore[never-used]\r\nb',
    );
  });

  it('is added to one that is there', () => {
    assert.equal(
      ignored('a = optax.f(0.1)  # anneal: ignore[other]'),
      'a = optax.f(0.1)  # anneal: ignore[other, never-used]',
    );
    assert.equal(
      ignored('a = optax.f(0.1)  # fast'),
      'a = optax.f(0.1)  # fast  # anneal: ignore[never-used]',
    );
  });

  it('is not put where Python would not take it for one', () => {
    assert.equal(ignored('a = optax.f(0.1) + \\\n1'), undefined);
    assert.equal(ignored('a = optax.f(0.1), """\n"""'), undefined);
  });
});
