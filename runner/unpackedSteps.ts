import type { PackedSteps, StepsCompleted } from './protocol.ts';

/** @throws SyntaxError where the figures are no float32 in base64, or not as many losses as rates. */
export function unpackedSteps(packed: PackedSteps): StepsCompleted {
  const [losses, learningRates] = [floatsOf(packed.losses), floatsOf(packed.learningRates)];
  if (!losses || losses.length !== learningRates?.length) {
    throw new SyntaxError('packed steps with bad figures');
  }
  return { ...packed, type: 'stepsCompleted', losses, learningRates };
}

const bytesEach = Float32Array.BYTES_PER_ELEMENT;

// A page has no Buffer; every machine that VS Code runs on is little-endian.
function floatsOf(base64: string): readonly number[] | undefined {
  const characters = charactersOf(base64);
  if (characters === undefined || characters.length % bytesEach !== 0) return undefined;
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  const floats = new Float32Array(bytes.buffer);
  // A third of the time that `Array.from` takes.
  const figures = new Array<number>(floats.length);
  for (let i = 0; i < figures.length; i++) figures[i] = floats[i] ?? NaN;
  return figures;
}

/** Each stands for a byte. */
function charactersOf(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch {
    return undefined;
  }
}
