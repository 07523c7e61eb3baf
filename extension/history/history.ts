import type { ComparisonPanels } from '../compare/comparisonPanels.ts';
import type { Comparisons } from '../compare/comparisons.ts';
import type { Runners } from '../compare/runners.ts';
import type { ComparisonTree } from './comparisonTree.ts';
import type { KeptComparisons } from './keptComparisons.ts';

/** What the commands for comparisons work with. */
export interface History {
  readonly runners: Runners;
  readonly comparisons: Comparisons;
  readonly panels: ComparisonPanels;
  readonly kept: KeptComparisons;
  readonly tree: ComparisonTree;
}
