import type { Lesson } from '../../lessons/lesson.ts';
import { startOf } from '../../workspace/lessons/lesson-files.ts';
import type { Shelf } from '../../workspace/saving/shelf.ts';
import type { Simulation } from '../../workspace/simulation/simulation.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { page } from '../page-state.ts';
import { settings } from '../settings.ts';
import { saidIn } from './use-say.ts';

/** What a lesson is shown with. */
export interface LessonParts {
  readonly shelf: Shelf;
  readonly workspace: Workspace;
  readonly simulation: Simulation;
}

/** Opens the design of a lesson; it is kept only when somebody changes it. */
export async function openLessonDesign(lesson: Lesson, { shelf, workspace }: LessonParts): Promise<void> {
  await shelf.begin(`${lesson.id} ${saidIn(settings.getState().language, lesson.title)}`, startOf(lesson).files, false);
  await until(workspace.store.subscribe, () => workspace.store.getState().import.status !== 'running');
}

/** Begins the run of a lesson on the page, in front of its design. */
export function startLessonRun(lesson: Lesson, { workspace, simulation }: LessonParts): void {
  const { files, script } = startOf(lesson);
  page.setState({ mode: 'simulation', simulated: workspace.store.getState().design, welcome: false });
  simulation.start(files, { seed: 1, workers: 3, script });
}

/** Waits for the end of the first run; false where it fails. */
export async function runEnded({ store }: Simulation): Promise<boolean> {
  await until(store.subscribe, () => {
    const { branches, status } = store.getState();
    return branches[0]?.hash !== undefined || status === 'failed' || status === 'idle';
  });
  return store.getState().branches[0]?.hash !== undefined;
}

function until(subscribe: (listener: () => void) => () => void, isDone: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isDone()) return resolve();
    const stop = subscribe(() => {
      if (!isDone()) return;
      stop();
      resolve();
    });
  });
}
