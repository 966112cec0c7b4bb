import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useSimulation } from './simulation-context.ts';
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

/**
 * Plays the steps; while it pauses nothing is scheduled. It asks where the film is when it moves it and not before: what
 * holds it is not drawn anew for each step.
 */
export function usePlayback(steps: readonly LogEntry[]): Playback {
  const { store, goTo } = useSimulation();
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const latest = useRef(steps);
  useLayoutEffect(() => {
    latest.current = steps;
  }, [steps]);

  // The same value while the film goes from step to step, so that its keys are not drawn anew.
  const reel = useMemo(() => {
    const to = (step: LogEntry | undefined): void => {
      if (step !== undefined && step.seq !== store.getState().seq) goTo(step.seq);
    };
    return {
      move(by: number): void {
        const { current } = latest;
        const at = indexAt(current, store.getState().seq);
        to(current[Math.max(0, Math.min(current.length - 1, at + by))]);
      },
      toFirst: () => to(latest.current[0]),
      toLast: () => to(latest.current.at(-1)),
      isAtEnd(): boolean {
        const last = latest.current.at(-1);
        return last !== undefined && store.getState().seq >= last.seq;
      },
    };
  }, [store, goTo]);

  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => {
      reel.move(1);
      // The film is over: the button shows play again. Of a run that goes on there is more to come.
      if (reel.isAtEnd() && store.getState().status !== 'running') setPlaying(false);
    }, 1000 / speed);
    return () => clearInterval(timer);
  }, [isPlaying, speed, reel, store]);

  return useMemo(() => {
    const pause = (): void => setPlaying(false);
    return {
      isPlaying,
      speed,
      setSpeed,
      toggle: () => {
        if (!isPlaying && reel.isAtEnd()) reel.toFirst();
        setPlaying(!isPlaying);
      },
      pause,
      move: (by: number) => {
        pause();
        reel.move(by);
      },
      toFirst: () => {
        pause();
        reel.toFirst();
      },
      toLast: () => {
        pause();
        reel.toLast();
      },
    };
  }, [isPlaying, speed, reel]);
}
