import type { Frame } from '../../workspace/simulation/frame.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { ApplicationStage } from './application-stage.tsx';
import { ClusterStage } from './cluster-stage.tsx';
import { ControlPlane } from './control-plane.tsx';
import { usePane } from './pane-state.ts';

interface RunStageProps {
  readonly frame: Frame;
  readonly step: LogEntry | undefined;
  /** Milliseconds that a step is shown; undefined while nothing moves. */
  readonly dwellMs: number | undefined;
}

/** The picture of the run that was chosen; every one shows the same moment. */
export function RunStage(props: RunStageProps) {
  const stage = usePane((state) => state.stage);
  if (stage === 'application') return <ApplicationStage isPaused={props.dwellMs === undefined} />;
  if (stage === 'cluster') return <ClusterStage frame={props.frame} />;
  return <ControlPlane {...props} />;
}
