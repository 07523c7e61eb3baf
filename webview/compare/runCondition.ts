import type { Icon } from '../shared/icons.ts';
import type { ComparisonStatus, RunStatus } from './messages.ts';

/** How a run is, in a word, and a sign that does not need its colour. */
export interface RunCondition {
  readonly word: string;
  readonly icon: Icon;
  readonly kind: 'waiting' | 'training' | 'done' | 'ended' | 'failed';
}

const isLive: Readonly<Record<ComparisonStatus['status'], boolean>> = {
  reading: true,
  starting: true,
  training: true,
  paused: true,
  stopping: true,
  stopped: false,
  completed: false,
  failed: false,
  opened: false,
  elsewhere: true,
};

export function runCondition(
  { status, isDiverged, isReused, message, stepsDone }: RunStatus,
  comparison: ComparisonStatus['status'],
): RunCondition {
  switch (status) {
    case 'waiting':
      if (message !== null) return { word: 'interrupted', icon: 'broken', kind: 'ended' };
      if (!isLive[comparison]) {
        return { word: stepsDone > 0 ? 'stopped' : 'not trained', icon: 'stop', kind: 'ended' };
      }
      return { word: 'waiting', icon: 'wait', kind: 'waiting' };
    case 'training':
      if (comparison === 'paused') return { word: 'paused', icon: 'pause', kind: 'waiting' };
      // It trained at the place up to which its past is read.
      if (comparison === 'reading') return { word: 'reading', icon: 'wait', kind: 'waiting' };
      return isLive[comparison]
        ? { word: message === null ? 'training' : 'training again', icon: 'play', kind: 'training' }
        : { word: 'interrupted', icon: 'broken', kind: 'ended' };
    case 'completed':
      return isReused
        ? { word: 'reused', icon: 'reused', kind: 'done' }
        : { word: 'done', icon: 'done', kind: 'done' };
    case 'stopped':
      return { word: 'stopped', icon: 'stop', kind: 'ended' };
    case 'failed':
      return isDiverged
        ? { word: 'diverged', icon: 'diverged', kind: 'failed' }
        : { word: 'failed', icon: 'failed', kind: 'failed' };
  }
}
