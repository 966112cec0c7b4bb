import { useEffectEvent, useLayoutEffect } from 'react';
import type { Simulation } from '../../workspace/simulation/simulation.ts';
import { isComposing } from '../../kit/composition.ts';
import { hasModifier, isTyping } from '../hotkeys.ts';
import { page } from '../page-state.ts';
import { moveLight, presenting } from '../presenting/presenting-state.ts';
import { nextStage } from './pane-state.ts';
import { presentingAction } from './presenting-keys.ts';
import { useSimulation } from './simulation-context.ts';
import type { Milestones } from './use-milestones.ts';
import { SPEEDS } from './use-playback.ts';
import type { Playback } from './use-playback.ts';

/** What the keys of a run act on. */
export interface KeyTargets {
  readonly playback: Playback;
  readonly milestones: Milestones;
}

/** Where keys have a meaning of their own. */
const ELSEWHERE = '[role=menu], [role=listbox], [role=dialog], [role=alertdialog]';

/**
 * Keys of a film and of a clicker; they keep out of the way of whoever types. They come before those of the canvas,
 * unless the focus is on it: then only the keys of a clicker are theirs.
 */
export function useSimulationKeys(targets: KeyTargets): void {
  const simulation = useSimulation();
  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    // A slider is an input, and no place to type in.
    if ((isTyping(event) && !isSlider(event)) || isComposing(event) || hasModifier(event) || event.altKey) return;
    const target = event.target instanceof Element ? event.target : undefined;
    if (page.getState().dialog || target?.closest(ELSEWHERE)) return;
    if (target?.closest('.react-flow') && !CLICKER.has(event.key)) return;
    const action = lightAction(event) ?? actionOf(event, target, targets, simulation);
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    action();
  });
  // A layout effect: it listens before the canvas does, which is drawn inside.
  useLayoutEffect(() => {
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** With the light in the hand, Shift and an arrow move it. */
function lightAction({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
  const by = ARROWS[key];
  if (by === undefined || !shiftKey || presenting.getState().tool !== 'light') return undefined;
  return () => moveLight(...by);
}

function isSlider({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement && target.type === 'range';
}

const CLICKER: ReadonlySet<string> = new Set(['PageDown', 'PageUp', '.', 'F5', 'Escape']);

function actionOf(
  event: KeyboardEvent,
  target: Element | undefined,
  { playback, milestones }: KeyTargets,
  simulation: Simulation,
): (() => void) | undefined {
  const isControl = target?.closest('[role=tab], [role=radio], [role=slider], input');
  const isPressed = target?.closest('button, [role=tab], [role=radio], input');
  switch (event.key) {
    case ' ':
      return isPressed ? undefined : playback.toggle;
    case 'ArrowRight':
      return isControl ? undefined : () => playback.move(1);
    case 'ArrowLeft':
      return isControl ? undefined : () => playback.move(-1);
    case 'PageDown':
      return () => playback.move(1);
    case 'PageUp':
      return () => playback.move(-1);
    case 'Home':
      return playback.toFirst;
    case 'End':
      return playback.toLast;
    case 'n':
      return milestones.toNext;
    case 'N':
      return milestones.toPrevious;
    case 'g':
      return milestones.toSettled;
    case 'p':
      return playback.toggle;
    case '+':
    case '=':
      return () => playback.setSpeed(speedBy(playback.speed, 1));
    case '-':
      return () => playback.setSpeed(speedBy(playback.speed, -1));
    case 'v':
      return nextStage;
    case '[':
    case ']': {
      const { moment } = simulation.store.getState();
      const next = event.key === '[' ? moment?.account?.because[0] : moment?.account?.leadsTo[0];
      return next === undefined ? undefined : () => simulation.goTo(next);
    }
    default:
      return presentingAction(event.key);
  }
}

/** One speed up or down on the scale. */
function speedBy(speed: number, by: number): number {
  const at = SPEEDS.findIndex((one) => one === speed);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))]!;
}
