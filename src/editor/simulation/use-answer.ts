import { useEffect, useRef, useState } from 'react';
import type { QuestionName, Questions } from '../../workspace/simulation/questions.ts';
import type { SimulationState } from '../../workspace/simulation/simulation.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';

/**
 * The answer to a question about the step that is shown; that of the step before it until the new one is there. While an
 * answer is on its way no other is asked for, so that a fast film is not held up. Undefined `ask`: nothing is asked.
 */
export function useAnswer<Name extends QuestionName>(
  name: Name,
  ask: Questions[Name]['ask'] | undefined,
): Questions[Name]['answer'] | undefined {
  const simulation = useSimulation();
  const place = useSimulationState(placeOf);
  const [answer, setAnswer] = useState<
    { readonly of: string; readonly is: Questions[Name]['answer'] | undefined } | undefined
  >();
  const [turn, setTurn] = useState(0);
  const isAsked = useRef(false);
  const wanted = ask === undefined ? undefined : `${name}/${JSON.stringify(ask)}`;
  const latest = useRef('');
  useEffect(() => {
    latest.current = `${place} ${wanted ?? ''}`;
    if (wanted === undefined || isAsked.current || simulation.store.getState().seq === 0) return;
    const asked = latest.current;
    isAsked.current = true;
    const question = JSON.parse(wanted.slice(name.length + 1)) as Questions[Name]['ask'];
    void simulation.ask(name, question).then((is) => {
      isAsked.current = false;
      setAnswer({ of: wanted, is });
      // Something else was wanted meanwhile.
      if (latest.current !== asked) setTurn((before) => before + 1);
    });
  }, [simulation, name, wanted, place, turn]);
  return answer?.of === wanted ? answer?.is : undefined;
}

/** Asked for with the picture, not before it: both are then of one step, and drawn together. */
function placeOf({ moment, branches }: SimulationState): string {
  return `${moment?.branch}/${moment?.seq}/${branches[moment?.branch ?? 0]?.hash ?? ''}`;
}
