import assert from 'node:assert/strict';
import { program, ratesIn, read } from './readProgram.ts';

/** Reads a text beside modules, which are found by the names that imports give them. */
function readBeside(text: string, modules: Readonly<Record<string, string>>) {
  return read(
    text,
    {},
    {
      importText(module) {
        const text = modules[module];
        return text === undefined ? undefined : { path: `/project/${module}`, text };
      },
    },
  );
}

const settings = 'peak = 0.25\nsteps = 2 * 50\n';
const factory = program('def make(peak):', '    return optax.linear_schedule(peak, 0.0, 100)');

describe('A module that is imported', () => {
  for (const [how, modules, ...lines] of [
    [
      'by its name',
      { settings },
      'import settings',
      's = optax.linear_schedule(settings.peak, 0.0, settings.steps)',
    ],
    [
      'under another name',
      { settings },
      'import settings as c',
      's = optax.linear_schedule(c.peak, 0.0, c.steps)',
    ],
    [
      'for its names',
      { settings },
      'from settings import peak, steps as total',
      's = optax.linear_schedule(peak, 0.0, total)',
    ],
    [
      'for all its names',
      { settings },
      'from settings import *',
      's = optax.linear_schedule(peak, 0.0, steps)',
    ],
    [
      'from a package',
      { project: '', 'project.settings': settings },
      'from project import settings',
      's = optax.linear_schedule(settings.peak, 0.0, settings.steps)',
    ],
    [
      'through a package',
      { project: 'name = "project"', 'project.settings': settings },
      'import project.settings',
      's = optax.linear_schedule(project.settings.peak, 0.0, project.settings.steps)',
    ],
    [
      'through a package without a file of its own',
      { 'project.a.settings': settings, 'project.b.schedules': factory },
      'import project.a.settings',
      'import project.b.schedules',
      's = project.b.schedules.make(project.a.settings.peak)',
    ],
    [
      'from beside, with a dot',
      { '.settings': settings },
      'from .settings import peak',
      's = optax.linear_schedule(peak, 0.0, 100)',
    ],
    [
      'from beside, as a module',
      { '.settings': settings },
      'from . import settings',
      's = optax.linear_schedule(settings.peak, 0.0, 100)',
    ],
    [
      'from above',
      { '..common.settings': settings },
      'from ..common.settings import peak',
      's = optax.linear_schedule(peak, 0.0, 100)',
    ],
    ['for its factory', { schedules: factory }, 'from schedules import make', 's = make(0.25)'],
    [
      'for its schedule',
      { schedules: `${factory}decay = make(0.25)\n` },
      'from schedules import decay',
      's = decay',
    ],
    [
      'in a function',
      { settings },
      'def make():',
      '    from settings import peak',
      '    return optax.linear_schedule(peak, 0.0, 100)',
      's = make()',
    ],
    [
      'by a module that is imported',
      { a: 'from b import *', b: 'from c import peak', c: settings },
      'from a import peak',
      's = optax.linear_schedule(peak, 0.0, 100)',
    ],
    [
      'in a circle',
      { a: 'import b\npeak = b.half * 2', b: 'from a import peak\nhalf = 0.125' },
      'from a import peak',
      's = optax.linear_schedule(peak, 0.0, 100)',
    ],
    [
      'although parts of it are broken',
      { settings: `x = 1 / 0\n${settings}def half(` },
      'from settings import peak',
      's = optax.linear_schedule(peak, 0.0, 100)',
    ],
  ] as const) {
    it(`${how} gives its values`, () => {
      const { definitions, findings } = readBeside(program(...lines), modules);
      assert.deepEqual(ratesIn({ definitions }, 50), { s: 0.125 });
      assert.deepEqual(
        definitions.flatMap(({ assumptions }) => assumptions),
        [],
      );
      assert.deepEqual(findings, []);
    });
  }

  it('is looked for from the module that imports it', () => {
    const asked: string[] = [];
    read(
      program('from pack.a import peak', 's = optax.constant_schedule(peak)'),
      {},
      {
        importText(module, from) {
          asked.push(`${module} from '${from}'`);
          return module === 'pack.a'
            ? { path: '/pack/a.py', text: 'from .b import peak' }
            : undefined;
        },
      },
    );
    assert.ok(asked.includes("pack.a from ''"));
    assert.ok(asked.includes(".b from '/pack/a.py'"));
  });

  it('is not looked for where it is a library', () => {
    const asked: string[] = [];
    const text = program('import jax.numpy as jnp', 's = optax.constant_schedule(jnp.pi / jnp.pi)');
    const importText = (module: string): undefined => void asked.push(module);
    assert.deepEqual(ratesIn(read(text, {}, { importText })), { s: 1 });
    assert.deepEqual(asked, []);
  });

  it('that is not found leaves its names to be assumed', () => {
    const text = program('from settings import lr', 's = optax.constant_schedule(lr)');
    const [s = assert.fail()] = readBeside(text, {}).definitions;
    assert.deepEqual(
      s.assumptions.map(({ name, value }) => [name, value]),
      [['lr', 0.001]],
    );
  });

  it('lists its own schedules only in its own file', () => {
    const modules = { schedules: program('hidden = optax.constant_schedule(0.1)') };
    const { definitions, calls } = readBeside('import schedules\nx = schedules.y\n', modules);
    assert.deepEqual([definitions, calls], [[], []]);
  });

  it('is not read without end', () => {
    const importText = (module: string) => {
      const n = Number(module.slice(1));
      return { path: module, text: `from m${n + 1} import *\npeak_${n} = ${n}\n` };
    };
    const text = program('from m0 import *', 's = optax.constant_schedule(peak_0 + 0.5)');
    assert.deepEqual(ratesIn(read(text, {}, { importText })), { s: 0.5 });
  });
});
