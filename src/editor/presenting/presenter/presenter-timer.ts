import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** How long somebody has talked: what was counted before the last pause, and since when it counts again. Milliseconds. */
interface Timer {
  readonly countedMs: number;
  readonly since: number | undefined;
}

const timer = createStore<Timer>(() => ({ countedMs: 0, since: undefined }));

function elapsedMs({ countedMs, since }: Timer, now: number): number {
  return countedMs + (since === undefined ? 0 : Math.max(0, now - since));
}

/** Counts from nothing. */
export function startTimer(): void {
  timer.setState({ countedMs: 0, since: performance.now() });
}

export function pauseOrResume(): void {
  const now = performance.now();
  timer.setState((before) =>
    before.since === undefined ? { ...before, since: now } : { countedMs: elapsedMs(before, now), since: undefined },
  );
}

/** From zero, running or paused as it was. */
export function resetTimer(): void {
  timer.setState(({ since }) => ({ countedMs: 0, since: since === undefined ? undefined : performance.now() }));
}

/** The time that is counted, second by second. */
export function useTimer(): { readonly seconds: number; readonly isPaused: boolean } {
  const state = useStore(timer);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (state.since === undefined) return;
    const interval = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(interval);
  }, [state.since]);
  return {
    seconds: Math.floor(elapsedMs(state, now) / 1000),
    isPaused: state.since === undefined,
  };
}

/** `7:05`, `1:02:03`. */
export function timerText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number: number): string => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
