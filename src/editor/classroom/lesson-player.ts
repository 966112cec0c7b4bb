import type { LessonAnswer } from '../../workspace/lessons/answer-lesson.ts';
import type { ModelPlayer } from '../../workspace/lessons/model-player.ts';
import type { Simulation } from '../../workspace/simulation/simulation.ts';

/** Who shows the run of a lesson: the simulated cluster, or a model of its own. */
export interface LessonPlayer {
  /** The step that is shown. */
  seq(): number;
  goTo(seq: number): void;
  /** Does what a question tried, so that anybody can look. */
  letHappen(answer: LessonAnswer): void;
}

export function clusterPlayer(simulation: Simulation): LessonPlayer {
  return {
    seq: () => simulation.store.getState().seq,
    goTo: (seq) => simulation.goTo(seq),
    letHappen({ deeds }) {
      for (const deed of deeds) {
        if (deed.type === 'fault') simulation.fault(deed.order);
        else if (deed.type === 'kubectl') simulation.kubectl(deed.line);
        else if (deed.type === 'request') simulation.request(deed.order);
      }
    },
  };
}

export function modelLessonPlayer(player: ModelPlayer): LessonPlayer {
  return {
    seq: () => player.store.getState().seq,
    goTo: (seq) => player.goTo(seq),
    letHappen: ({ acts }) => player.act(acts),
  };
}
