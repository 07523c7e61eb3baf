import assert from 'node:assert/strict';
import { misspeltMembers } from '../../../../schedules/reading/python/misspeltMembers.ts';
import { mended, pythonFindings } from '../../checking/pythonFindings.ts';

const text = (...lines: readonly string[]): string => ['import optax', ...lines, ''].join('\n');
const messages = (...lines: readonly string[]) =>
  misspeltMembers(text(...lines)).map(({ message }) => message);

describe('A call of what Optax has not', () => {
  for (const [written, meant] of [
    ['cosine_decay', 'cosine_decay_schedule'],
    ['cosine_schedule', 'cosine_decay_schedule'],
    ['constant_shedule', 'constant_schedule'],
    ['adamm', 'adam'],
    ['AdamW', 'adamw'],
    ['scale_by_adm', 'scale_by_adam'],
    ['clip_by_globalnorm', 'clip_by_global_norm'],
    ['apply_update', 'apply_updates'],
  ] as const) {
    it(`is told, with what was probably meant: ${written}`, () => {
      assert.deepEqual(messages(`tx = optax.${written}(1e-3)`), [
        `Optax has no '${written}'; did you mean '${meant}'?`,
      ]);
    });
  }

  it('is an error at the name, which the fix changes', () => {
    const code = text('tx = optax.sgd(', '    optax.cosine_decay(1e-3, 100),', ')');
    const [finding = assert.fail(), ...others] = pythonFindings(code);
    assert.deepEqual(others, []);
    assert.deepEqual([finding.code, finding.severity], ['unknown-function', 'error']);
    assert.equal(code.slice(finding.span.from, finding.span.to), 'cosine_decay');
    const [fix = assert.fail()] = finding.fixes ?? [];
    assert.equal(fix.title, "Change to 'cosine_decay_schedule'");
    assert.deepEqual(pythonFindings(mended(code, fix)), []);
  });

  for (const statement of [
    'from optax import cosine_decay',
    'from optax import adam, cosine_decay  # and more',
    'from optax import (\n    adam,  # Adam\n    cosine_decay,\n)',
  ]) {
    it(`is told of an import, whose fix changes all that it stands for: ${statement}`, () => {
      const code = `${statement}\n\nlr = cosine_decay(1e-3, 100)\nx = f(cosine_decay=a.cosine_decay)\n`;
      const [finding = assert.fail(), ...others] = misspeltMembers(code);
      assert.deepEqual(others, []);
      assert.equal(
        finding.message,
        "Optax has no 'cosine_decay'; did you mean 'cosine_decay_schedule'?",
      );
      assert.equal(code.slice(finding.span.from, finding.span.to), 'cosine_decay');
      const [fix = assert.fail()] = finding.fixes ?? [];
      const wanted = code
        .replace('import cosine_decay', 'import cosine_decay_schedule')
        .replace(/( {4}|adam, )cosine_decay/, '$1cosine_decay_schedule')
        .replace('lr = cosine_decay', 'lr = cosine_decay_schedule');
      assert.equal(mended(code, fix), wanted);
    });
  }

  it('is told of an import under another name, which stays', () => {
    const code = 'from optax import cosine_decay as decay\n\nlr = decay(1e-3, 100)\n';
    const [finding = assert.fail()] = misspeltMembers(code);
    const [fix = assert.fail()] = finding.fixes ?? [];
    assert.equal(mended(code, fix), code.replace('cosine_decay', 'cosine_decay_schedule'));
  });

  it('is not told of an import that is tried, or known', () => {
    for (const code of [
      'try:\n    from optax import adamm\nexcept ImportError:\n    adamm = None\n',
      'from optax import adam, losses, Schedule, contrib\n',
      'from optax import *\n',
      'from optax.losses import softmax\n',
      '# from optax import adamm\n',
      'from optax import adam; opt = adam(1e-3)\n',
      'from optax import adam; lr = 1e-3; _adamm = adam(lr)\n',
    ]) {
      assert.deepEqual(misspeltMembers(code), [], code);
    }
  });

  it('is told where only a comment seems to give the name to something else', () => {
    assert.equal(messages('# conda install optax=0.2.3', 'tx = optax.adamm(1e-3)').length, 1);
  });

  it('is told under another name of the module, and within functions', () => {
    const code = 'import jax, optax as ox\n\ndef make(lr):\n    return ox.adamm(lr)\n';
    assert.equal(misspeltMembers(code).length, 1);
  });

  it('is not told where nothing has a similar name: a newer Optax may have it', () => {
    for (const name of ['brand_new', 'scale_by_frob', 'wsd_schedule', 'adam_of_tomorrow']) {
      assert.deepEqual(messages(`tx = optax.${name}(1e-3)`), [], name);
    }
  });

  it('is not told of what Optax has, or once had', () => {
    for (const name of ['additive_weight_decay', 'softmax_cross_entropy', 'safe_norm', 'muon']) {
      assert.deepEqual(messages(`x = optax.${name}(y)`), [], name);
    }
    assert.deepEqual(messages('x = optax.losses.softmax(y)', 'y = my.optax.adamm(1)'), []);
  });

  it('is not told where the code expects that it may not be there', () => {
    for (const lines of [
      ['try:', '    tx = optax.adamm(1e-3)', 'except AttributeError:', '    tx = None'],
      ['try:', '    tx = new()', 'except AttributeError:', '    tx = optax.adamm(1e-3)'],
      ['if hasattr(optax, "adamm"):', '    tx = optax.adamm(1e-3)'],
      ["has = hasattr(optax, 'adamm')", 'tx = optax.adamm(1e-3) if has else None'],
      ['if Version(optax.__version__) > old:', '    tx = optax.adamm(1e-3)'],
      ['with suppress(AttributeError):', '    tx = optax.adamm(1e-3)'],
    ]) {
      assert.deepEqual(messages(...lines), [], lines[0]);
    }
  });

  it('is not told where it is written into the module, or the name stands for something else', () => {
    assert.deepEqual(messages('optax.adamm = mine', 'tx = optax.adamm(1e-3)'), []);
    assert.deepEqual(messages('optax = mine', 'tx = optax.adamm(1e-3)'), []);
    assert.deepEqual(messages('def make(optax):', '    return optax.adamm(1e-3)'), []);
    assert.deepEqual(misspeltMembers('import mine as optax\ntx = optax.adamm(1e-3)\n'), []);
    assert.deepEqual(misspeltMembers('from mine import optax\ntx = optax.adamm(1e-3)\n'), []);
  });

  it('is not told of a comment or a text', () => {
    assert.deepEqual(messages('# optax.adamm(1e-3)', 'help = "optax.adamm(1e-3)"'), []);
  });
});
