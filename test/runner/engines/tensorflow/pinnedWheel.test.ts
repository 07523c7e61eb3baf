import assert from 'node:assert/strict';
import { pinnedWheel } from '../../../../runner/engines/tensorflow/pinnedWheel.ts';

describe('the pinned TensorFlow wheel', () => {
  for (const [machine, platform] of [
    ['linux-x64', 'manylinux_2_27_x86_64'],
    ['linux-arm64', 'manylinux_2_27_aarch64'],
  ] as const) {
    it(`is one file for ${machine}, whatever the user's Python`, () => {
      const choice = pinnedWheel(machine, true);
      assert(choice.state === 'pinned');
      const { project, version, file, sha256 } = choice.wheel;
      assert.equal(choice.wheel.platform, platform);
      assert.equal(file, `${project.replace('-', '_')}-${version}-cp311-cp311-${platform}.whl`);
      assert.match(sha256, /^[0-9a-f]{64}$/);
    });
  }

  for (const machine of ['darwin-arm64', 'win32-x64']) {
    it(`does not exist for ${machine}, and that is said`, () => {
      const choice = pinnedWheel(machine, true);
      assert(choice.state === 'unsupported');
      assert.match(
        choice.why,
        new RegExp(`works on linux-x64 and linux-arm64 .* not on ${machine}`),
      );
    });
  }

  it('is not offered to a Linux without glibc, where it could not be loaded', () => {
    const choice = pinnedWheel('linux-x64', false);
    assert(choice.state === 'unsupported');
    assert.match(choice.why, /glibc/);
  });
});
