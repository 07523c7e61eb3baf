import { machine } from '../machine.ts';

/** One file on the Python package index: it holds TensorFlow's C library and headers. */
export interface PinnedWheel {
  readonly project: string;
  readonly version: string;
  readonly file: string;
  /** The tag by which pip chooses the file. */
  readonly platform: string;
  /** Hexadecimal, of the whole file. */
  readonly sha256: string;
}

/**
 * The wheels that Anneal fetches, by `process.platform` and `process.arch`. TensorFlow's C library
 * has nothing to do with Python, so the wheel of one Python version serves users of any.
 */
const wheels: Readonly<Record<string, PinnedWheel>> = {
  'linux-x64': {
    project: 'tensorflow-cpu',
    version: '2.21.0',
    file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    platform: 'manylinux_2_27_x86_64',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  // There is no tensorflow-cpu for this platform: its tensorflow is without CUDA anyway.
  'linux-arm64': {
    project: 'tensorflow',
    version: '2.21.0',
    file: 'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl',
    platform: 'manylinux_2_27_aarch64',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  },
};

export type WheelChoice =
  | { readonly state: 'pinned'; readonly wheel: PinnedWheel }
  | { readonly state: 'unsupported'; readonly why: string };

/** The wheel for a machine; one that has none, or no glibc (Alpine has musl), has no engine. */
export function pinnedWheel(name = machine, hasGlibc = runsOnGlibc()): WheelChoice {
  const wheel = wheels[name];
  if (wheel === undefined) {
    const supported = Object.keys(wheels).join(' and ');
    const why = `The tensorflow engine works on ${supported} only so far, not on ${name}.`;
    return { state: 'unsupported', why };
  }
  if (!hasGlibc) {
    const why = 'The tensorflow engine needs a Linux with glibc, which this one (Alpine?) is not.';
    return { state: 'unsupported', why };
  }
  return { state: 'pinned', wheel };
}

function runsOnGlibc(): boolean {
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return report.header.glibcVersionRuntime !== undefined;
}
