import type { PackedSteps, StepsCompleted } from './protocol.ts';

/** @throws SyntaxError where the figures are no float32 in base64, or not as many losses as rates. */
export function unpackedSteps(packed: PackedSteps): StepsCompleted {
  const [losses, learningRates] = [floatsOf(packed.losses), floatsOf(packed.learningRates)];
  if (!losses || losses.length !== learningRates?.length) {
    throw new SyntaxError('packed steps with bad figures');
  }
  return { ...packed, type: 'stepsCompleted', losses, learningRates };
}

/** Steps as one line tells them; their figures become float32, as they are trained with. */
export function packedSteps(steps: StepsCompleted): PackedSteps {
  const [losses, learningRates] = [base64Of(steps.losses), base64Of(steps.learningRates)];
  return { ...steps, type: 'packedSteps', losses, learningRates };
}

const bytesEach = Float32Array.BYTES_PER_ELEMENT;

// A page has no Buffer; every machine that VS Code runs on is little-endian.
function base64Of(figures: readonly number[]): string {
  const bytes = new Uint8Array(Float32Array.from(figures).buffer);
  const characters: string[] = [];
  // So many arguments a call can have everywhere.
  for (let start = 0; start < bytes.length; start += 8192) {
    characters.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  }
  return btoa(characters.join(''));
}

function floatsOf(base64: string): readonly number[] | undefined {
  const characters = charactersOf(base64);
  if (characters === undefined || characters.length % bytesEach !== 0) return undefined;
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return Array.from(new Float32Array(bytes.buffer));
}

/** Each stands for a byte. */
function charactersOf(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch {
    return undefined;
  }
}
