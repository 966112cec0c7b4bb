import type { Frame } from '../../workspace/simulation/frame.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { ControlPlane } from './control-plane.tsx';

interface RunStageProps {
  readonly frame: Frame;
  readonly step: LogEntry | undefined;
  /** Milliseconds that a step is shown; undefined while nothing moves. */
  readonly dwellMs: number | undefined;
}

/** The picture of the run that was chosen; every one shows the same moment. */
export function RunStage(props: RunStageProps) {
  return <ControlPlane {...props} />;
}
