import { useEffect, useState } from 'react';
import type { AnswerTo, Look } from '../../workspace/simulation/simulation.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';

/** Something of the cluster at the moment that is shown; what was there a moment before until it is known. */
export function useLook<Wanted extends Look>(wanted: Wanted): AnswerTo<Wanted> | undefined {
  const simulation = useSimulation();
  const seq = useSimulationState((state) => state.moment?.seq);
  const branch = useSimulationState((state) => state.moment?.branch);
  const key = JSON.stringify(wanted);
  const [found, setFound] = useState<{ readonly key: string; readonly answer: AnswerTo<Wanted> } | undefined>();
  useEffect(() => {
    let isWanted = true;
    void simulation.look(JSON.parse(key) as Wanted).then((answer) => {
      if (isWanted) setFound({ key, answer });
    });
    return () => {
      isWanted = false;
    };
  }, [simulation, key, seq, branch]);
  return found?.key === key ? found.answer : undefined;
}
