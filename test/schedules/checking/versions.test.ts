import assert from 'node:assert/strict';
import { admits, pinnedOptax } from '../../../schedules/checking/pinnedOptax.ts';
import { pythonFindings } from './pythonFindings.ts';

const pinnedBy = (path: string, text: string) => pinnedOptax([{ path, text }]);

describe('What a project requires of Optax', () => {
  for (const [path, text, limit] of [
    ['requirements.txt', 'jax\noptax==0.1.4\nflax>=0.3\n', '==0.1.4'],
    ['requirements.txt', 'optax == 0.1.4  # not newer\n', '==0.1.4'],
    ['requirements.txt', 'optax<0.2\n', '<0.2'],
    ['requirements.txt', 'optax>=0.1.4,<=0.1.7; python_version < "3.12"\n', '<=0.1.7'],
    ['requirements.txt', 'Optax~=0.1.4\n', '<0.2'],
    ['requirements.txt', 'optax==0.1.*\n', '<0.2'],
    ['requirements-dev.txt', 'optax[dp]==0.1.5 --hash=sha256:0123\n', '==0.1.5'],
    ['pyproject.toml', '[project]\ndependencies = ["jax>=0.4", "optax>=0.1, <0.2"]\n', '<0.2'],
    ['pyproject.toml', '[tool.poetry.dependencies]\noptax = "^0.1.4"\n', '<0.2'],
    ['pyproject.toml', '[tool.poetry.dependencies]\noptax = "0.1.4"\n', '==0.1.4'],
    ['pyproject.toml', 'optax = {version = "~0.1.4", extras = ["dp"]}\n', '<0.2'],
    ['setup.py', "setup(install_requires=['jax==0.4.1', 'optax==0.1.3', 'flax'])\n", '==0.1.3'],
    ['setup.cfg', 'install_requires =\n    jax\n    optax<0.1.5\n', '<0.1.5'],
    ['environment.yml', 'dependencies:\n  - python=3.10\n  - optax=0.1.4\n', '==0.1.4'],
    [
      'uv.lock',
      '[[package]]\nname = "numpy"\nversion = "2.0.0"\n\n[[package]]\nname = "optax"\nversion = "0.2.3"\n',
      '==0.2.3',
    ],
    ['poetry.lock', '[[package]]\nname = "optax"\nversion = "0.1.9"\n', '==0.1.9'],
  ] as const) {
    it(`is ${limit} by ${path}: ${JSON.stringify(text)}`, () => {
      assert.equal(pinnedBy(path, text), limit);
    });
  }

  for (const [path, text] of [
    ['requirements.txt', 'jax==0.4.1\nflax==0.7\n'],
    ['requirements.txt', 'optax\nflax==0.7\n'],
    ['requirements.txt', 'optax>=0.1.4\n'],
    ['requirements.txt', 'optax!=0.1.4\n'],
    ['requirements.txt', '# optax==0.1.4\n'],
    ['requirements.txt', 'my-optax==0.1.4\noptax-extras==0.1.4\nflax_optax==0.1\n'],
    ['requirements.txt', 'optax @ git+https://github.com/google-deepmind/optax@v0.1.4\n'],
    ['pyproject.toml', 'dependencies = ["optax", "flax==0.7"]\n'],
    ['pyproject.toml', 'optax = "*"\nflax = "0.7"\n'],
    ['pyproject.toml', 'optax = {git = "https://github.com/google-deepmind/optax"}\n'],
    ['setup.py', "setup(install_requires=['optax', 'jax==0.4.1'])\n"],
  ] as const) {
    it(`has no limit by ${path}: ${JSON.stringify(text)}`, () => {
      assert.equal(pinnedBy(path, text), undefined);
    });
  }

  it('is what the lock file says, or else the loosest limit', () => {
    const files = [
      { path: 'requirements.txt', text: 'optax==0.1.4' },
      { path: 'pyproject.toml', text: 'dependencies = ["optax<0.2"]' },
    ];
    const lock = { path: 'uv.lock', text: 'name = "optax"\nversion = "0.1.7"\n' };
    assert.equal(pinnedOptax(files), '<0.2');
    assert.equal(pinnedOptax([...files, lock]), '==0.1.7');
    assert.equal(pinnedOptax([]), undefined);
  });

  it('admits versions as pip does', () => {
    for (const [limit, version, expected] of [
      ['==0.1.4', '0.1.4', true],
      ['==0.1.4', '0.1.5', false],
      ['<0.2', '0.1.9', true],
      ['<0.2', '0.2.0', false],
      ['<=0.1.10', '0.1.9', true],
      ['<0.2.3', '0.2.3', false],
    ] as const)
      assert.equal(admits(limit, version), expected, `${limit} ${version}`);
  });
});

describe('A schedule that is newer than the Optax of the project', () => {
  const text = `import optax
a = optax.warmup_constant_schedule(0.0, 1e-3, 100)
b = optax.cosine_decay_schedule(1e-3, 100, exponent=2.0)
c = optax.cosine_decay_schedule(unknown(), 100, alpha=0.1)
`;
  const messages = (pinned?: string) => pythonFindings(text, pinned).map(({ message }) => message);

  it('is told of with both versions', () => {
    assert.deepEqual(messages('==0.1.4'), [
      'warmup_constant_schedule is new in Optax 0.2.3, and the project requires optax==0.1.4. Require optax>=0.2.3, or use another schedule.',
      'exponent of cosine_decay_schedule is new in Optax 0.1.5, and the project requires optax==0.1.4. Require optax>=0.1.5, or leave it out.',
    ]);
    assert.equal(messages('<0.2').length, 1);
  });

  it('is no matter where the project admits it, or says nothing', () => {
    for (const pinned of ['==0.2.3', '<0.3', undefined]) assert.deepEqual(messages(pinned), []);
  });
});
