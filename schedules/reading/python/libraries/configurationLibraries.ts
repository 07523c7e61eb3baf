import type { ModuleObject } from '../values/value.ts';
import { abslLibraries, type Flags } from './absl.ts';
import { argparseLibrary } from './argparse.ts';
import { clickLibrary, typerLibrary } from './click.ts';
import { commandLineLibraries } from './commandLines.ts';
import { configDictLibraries } from './configDict.ts';
import { huggingFaceLibrary } from './dataSets/huggingFace.ts';
import { kerasLibraries } from './dataSets/keras.ts';
import { sklearnDatasets, sklearnLibrary, sklearnModelSelection } from './dataSets/scikitLearn.ts';
import { tensorflowDatasetsLibrary } from './dataSets/tensorflowDatasets.ts';
import { torchLibraries } from './dataSets/torch.ts';
import { torchvisionDatasets, torchvisionLibrary } from './dataSets/torchvision.ts';
import { osLibrary, pathLibrary } from './environment.ts';
import { library, namespaceClass } from './library.ts';

/**
 * Libraries of configuration, command lines and data sets, by their full names. They are made for
 * one interpretation: what it defines as flags is theirs.
 */
export function configurationLibraries(): Readonly<Record<string, ModuleObject>> {
  const flags: Flags = new Map();
  const libraries = [...lasting, ...abslLibraries(flags), ...configDictLibraries(flags)];
  return Object.fromEntries(libraries.map((each) => [each.name, each]));
}

/** Libraries that keep nothing of an interpretation. */
const lasting: readonly ModuleObject[] = [
  argparseLibrary,
  clickLibrary,
  typerLibrary,
  ...commandLineLibraries,
  osLibrary,
  pathLibrary,
  library('types', { SimpleNamespace: namespaceClass('SimpleNamespace') }),
  ...kerasLibraries,
  tensorflowDatasetsLibrary,
  torchvisionLibrary,
  torchvisionDatasets,
  ...torchLibraries,
  sklearnLibrary,
  sklearnDatasets,
  sklearnModelSelection,
  huggingFaceLibrary,
];
