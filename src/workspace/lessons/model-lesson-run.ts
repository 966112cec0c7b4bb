import type { ModelRun } from '../../lessons/models/model-run.ts';
import type { LessonRun } from './lesson-run.ts';

/** The run of a model, as a lesson is told from it. */
export function modelLessonRun(run: ModelRun): LessonRun {
  return {
    entries: run.entries,
    stateAt(seq) {
      const facts = run.factsAt(seq);
      return Object.fromEntries(Object.keys(facts).map((name) => [name, () => facts[name]!]));
    },
    shown: ({ seq, timeMs, from, to, class: kind, verb, object, cause }) => ({
      seq,
      timeMs,
      from,
      to,
      class: kind,
      verb,
      ...(object !== undefined && { object }),
      cause,
      level: 0,
    }),
    partyOf: (id) => id,
    parties: [...new Set(run.entries.flatMap(({ from, to }) => [from, to]))].sort(),
    tryOut(seq, { acts, evidence }) {
      if (evidence.length > 0) throw new Error('evidence: a model has no kubectl');
      const branch = run.fork(seq);
      for (const act of acts) branch.act(act);
      return { run: modelLessonRun(branch), seq: branch.entries.length, deeds: [], printed: [] };
    },
  };
}
