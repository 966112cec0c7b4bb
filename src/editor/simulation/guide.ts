import type { ComponentType } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { BranchState, LogEntry } from '../../workspace/simulation/simulation.ts';
import type { Playback } from './use-playback.ts';

/** Who leads through a run in place of its own steps: a lesson. */
export interface Guide {
  /** How many steps there will be in all. */
  readonly count: number;
  /** The steps that may be shown so far. */
  stepsOf(branch: BranchState): readonly LogEntry[];
  /** Goes so many steps on, by whatever has to be done before. */
  move(by: number): void;
  /** Whether it asks something now, beneath the picture. */
  asks?(): boolean;
  /** What is said of the step. */
  readonly Words: ComponentType;
  /** What is done with the step, in the bar above. */
  readonly Tools: ComponentType;
  /** What who presents has besides, in the row of tools on the picture. */
  readonly PresentingTools: ComponentType;
  /** What is shown in place of a simulated cluster, where the run is none. */
  readonly View?: ComponentType;
}

export const guide = createStore<{ readonly guide: Guide | undefined }>(() => ({ guide: undefined }));

/** It leads through the run itself, not through what somebody tried beside it. */
export function useGuide(branch: number): Guide | undefined {
  const now = useStore(guide, (state) => state.guide);
  return branch === 0 ? now : undefined;
}

export function usePlaybackOf(led: Guide | undefined, playback: Playback): Playback {
  if (led === undefined) return playback;
  return { ...playback, isPlaying: false, toggle: () => led.move(1), move: (by) => led.move(by) };
}
