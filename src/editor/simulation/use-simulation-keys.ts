import { useEffect } from 'react';
import type { Simulation } from '../../workspace/simulation/simulation.ts';
import { isComposing } from '../../kit/composition.ts';
import { hasModifier, isTyping } from '../hotkeys.ts';
import { page } from '../page-state.ts';
import { nextStage } from './pane-state.ts';
import { useSimulation } from './simulation-context.ts';
import type { Milestones } from './use-milestones.ts';
import type { Playback } from './use-playback.ts';

/** What the keys of a run act on. */
export interface KeyTargets {
  readonly playback: Playback;
  readonly milestones: Milestones;
}

/** Keys of a film and of a clicker; they keep out of the way of whoever types. */
export function useSimulationKeys({ playback, milestones }: KeyTargets): void {
  const simulation = useSimulation();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTyping(event) || isComposing(event) || hasModifier(event) || event.altKey) return;
      if (page.getState().dialog) return;
      const action = actionOf(event, { playback, milestones }, simulation);
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [playback, milestones, simulation]);
}

function actionOf(
  event: KeyboardEvent,
  { playback, milestones }: KeyTargets,
  simulation: Simulation,
): (() => void) | undefined {
  const target = event.target instanceof Element ? event.target : undefined;
  const isControl = target?.closest('[role=tab], [role=radio], [role=slider], input, .react-flow__node');
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
      return () => milestones.goTo(milestones.next);
    case 'N':
      return () => milestones.goTo(milestones.previous);
    case 'g':
      return () => milestones.goTo(milestones.settled);
    case 'v':
      return nextStage;
    case '[':
    case ']': {
      const { account } = simulation.store.getState();
      const next = event.key === '[' ? account?.because[0] : account?.leadsTo[0];
      return next === undefined ? undefined : () => simulation.goTo(next);
    }
    default:
      return undefined;
  }
}
