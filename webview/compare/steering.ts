import type { Page, PageRun, Surroundings } from './page.ts';

type Status = Page['comparison']['status'];

/** What can be done with the comparison now. */
export interface Steering {
  readonly pause: boolean;
  readonly stop: boolean;
  readonly goOn: boolean;
}

const steering: Readonly<Record<Status, Steering>> = {
  reading: { pause: false, stop: false, goOn: false },
  starting: { pause: false, stop: true, goOn: false },
  training: { pause: true, stop: true, goOn: false },
  paused: { pause: false, stop: true, goOn: true },
  stopping: { pause: false, stop: false, goOn: false },
  stopped: { pause: false, stop: false, goOn: true },
  completed: { pause: false, stop: false, goOn: false },
  failed: { pause: false, stop: false, goOn: true },
  opened: { pause: false, stop: false, goOn: false },
  elsewhere: { pause: false, stop: false, goOn: false },
};
const nothing: Steering = steering.opened;

export function steeringOf(status: Status, surroundings: Surroundings): Steering {
  return surroundings.type === 'report' ? nothing : steering[status];
}

/** What can be done with a run now. */
export interface RunSteering {
  readonly stop: boolean;
  readonly goOn: boolean;
  readonly first: boolean;
  readonly showCode: boolean;
}

export function runSteeringOf(
  { status, isDiverged, hasSource }: PageRun,
  comparison: Status,
  surroundings: Surroundings,
): RunSteering {
  const isInEditor = surroundings.type === 'editor';
  const isTraining = comparison === 'training' && isInEditor;
  const hasEnded = isInEditor && ['stopped', 'failed', 'completed'].includes(comparison);
  const isLeft = status === 'stopped' || (status === 'failed' && !isDiverged);
  return {
    stop: isTraining && (status === 'training' || status === 'waiting'),
    goOn: (isTraining && isLeft) || (hasEnded && (isLeft || status === 'waiting')),
    first: isTraining && status === 'waiting',
    showCode: hasSource && isInEditor,
  };
}
