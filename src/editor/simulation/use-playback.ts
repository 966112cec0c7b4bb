import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { indexAt } from './steps.ts';

/** Steps a second, on a scale that doubles. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32] as const;

export interface Playback {
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly setSpeed: (speed: number) => void;
  readonly toggle: () => void;
  readonly pause: () => void;
  /** Moves by so many steps of the detail that is shown. */
  readonly move: (by: number) => void;
  readonly toFirst: () => void;
  readonly toLast: () => void;
}

/** Plays the steps; while it pauses nothing is scheduled. */
export function usePlayback(steps: readonly LogEntry[]): Playback {
  const simulation = useSimulation();
  const seq = useSimulationState((state) => state.seq);
  const isRunning = useSimulationState(({ status }) => status === 'running');
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);

  const move = useCallback(
    (by: number) => {
      const now = simulation.store.getState().seq;
      const at = indexAt(steps, now);
      const target = steps[Math.max(0, Math.min(steps.length - 1, at + by))];
      if (target !== undefined && target.seq !== now) simulation.goTo(target.seq);
    },
    [simulation, steps],
  );
  const pause = useCallback(() => setPlaying(false), []);
  const last = steps.at(-1);
  const atEnd = last !== undefined && seq >= last.seq;

  useEffect(() => {
    if (!isPlaying || (atEnd && isRunning)) return;
    if (atEnd) {
      // The film is over: the button shows play again.
      const stopped = setTimeout(() => setPlaying(false), 0);
      return () => clearTimeout(stopped);
    }
    const timer = setTimeout(() => move(1), 1000 / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, atEnd, isRunning, speed, seq, move]);

  // The same value while the film goes from step to step, so that its keys are not drawn anew.
  return useMemo(
    () => ({
      isPlaying,
      speed,
      setSpeed,
      toggle: () => {
        if (!isPlaying && atEnd && steps[0] !== undefined) simulation.goTo(steps[0].seq);
        setPlaying(!isPlaying);
      },
      pause,
      move: (by: number) => {
        pause();
        move(by);
      },
      toFirst: () => {
        pause();
        if (steps[0] !== undefined) simulation.goTo(steps[0].seq);
      },
      toLast: () => {
        pause();
        if (last !== undefined) simulation.goTo(last.seq);
      },
    }),
    [isPlaying, speed, atEnd, steps, simulation, pause, move, last],
  );
}
