import type { BranchState, LogEntry } from '../../../workspace/simulation/simulation.ts';
import './keep.css';
import { MakeLesson } from '../../classroom/authoring/make-lesson.tsx';
import { KeepRun } from './keep-run.tsx';
import { KeepStep } from './keep-step.tsx';
import { KeepStoryboard } from './keep-storyboard.tsx';

/** What can be taken out of a run: the run itself, one step, and a storyboard of several. */
export function KeepPane({ steps, branch }: { readonly steps: readonly LogEntry[]; readonly branch: BranchState }) {
  return (
    <div className="keep">
      <KeepRun branch={branch} />
      <KeepStep steps={steps} />
      <KeepStoryboard steps={steps} />
      <MakeLesson />
    </div>
  );
}
